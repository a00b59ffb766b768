import { citing, framework } from "./clause";

export const SOC2 = framework({
  name: "SOC 2",
  version: "TSC 2017 (2022)",
  specification: "AICPA Trust Services Criteria 2017, with the points of focus revised in 2022",
  source:
    "https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022",
  clauses: {
    "CC5.2": "Control activities over technology",
    "CC6.1": "Logical access to protected assets: restricted, segmented, encrypted, keys protected",
    "CC6.2": "Users are registered and authorised before they get credentials",
    "CC6.3": "Access by role, least privilege, segregation of duties",
    "CC6.5": "Data on assets that are disposed of is gone",
    "CC6.6": "Threats from outside of the boundaries are kept out",
    "CC6.7": "Data is protected where it is transmitted, moved or removed",
    "CC6.8": "Unauthorised or malicious software is prevented and detected",
    "CC7.1": "Configuration changes and new vulnerabilities are detected",
    "CC7.2": "Anomalies are monitored",
    "CC7.3": "Security events are evaluated",
    "CC7.4": "Incidents are responded to",
    "CC7.5": "Recovery from incidents",
    "CC8.1": "Changes are authorised, tested and approved",
    "CC9.1": "Risks of business disruption are mitigated",
    "CC9.2": "Risks of vendors are managed",
    "A1.1": "Capacity is monitored and managed",
    "A1.2": "Environmental protection, backups and recovery infrastructure",
    "A1.3": "Recovery is tested",
    "C1.1": "Confidential information is identified and kept",
    "C1.2": "Confidential information is disposed of",
    "PI1.5": "Stored items are complete, accurate and available",
  },
  notEvaluable: [
    {
      id: "soc2-control-environment",
      clause: "CC1.1",
      title: "Integrity, oversight, structure, competence and accountability (CC1)",
      evidence: "policies, board minutes, HR records",
    },
    {
      id: "soc2-communication",
      clause: "CC2.1",
      title: "Information and communication (CC2)",
      evidence: "internal and external communication",
    },
    {
      id: "soc2-risk-assessment",
      clause: "CC3.1",
      title: "Risk assessment, fraud included (CC3)",
      evidence: "the risk register",
    },
    {
      id: "soc2-monitoring-of-controls",
      clause: "CC4.1",
      title: "Controls are evaluated, and deficiencies are acted on (CC4)",
      evidence: "evaluations; the evidence report of this pack is a part of them",
    },
    {
      id: "soc2-physical-access",
      clause: "CC6.4",
      title: "Physical access",
      evidence: "the cloud providers' own SOC 2 reports",
    },
    {
      id: "soc2-vendors",
      clause: "CC9.2",
      title: "Vendors are assessed",
      evidence: "the vendor register",
    },
  ],
});

/** Cites a criterion of SOC 2. */
export const soc2 = citing(SOC2);
