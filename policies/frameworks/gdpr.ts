import { citing, framework } from "./clause";

export const GDPR = framework({
  name: "GDPR",
  version: "2016/679",
  specification: "General Data Protection Regulation, Regulation (EU) 2016/679",
  source: "https://eur-lex.europa.eu/eli/reg/2016/679/oj",
  clauses: {
    "5(1)(c)": "Data minimisation",
    "5(1)(e)": "Storage limitation: kept no longer than necessary",
    "5(1)(f)": "Integrity and confidentiality",
    "5(2)": "Accountability: compliance can be demonstrated",
    "17": "Erasure",
    "24": "Measures that ensure, and can show, compliance",
    "25(1)": "Data protection by design",
    "25(2)": "Data protection by default",
    "28": "Processors act on instructions, with sufficient guarantees",
    "30": "Records of processing: what is held, why, how long, where it goes",
    "32(1)(a)": "Pseudonymisation and encryption",
    "32(1)(b)": "Ongoing confidentiality, integrity, availability and resilience",
    "32(1)(c)": "Access to data is restored in time after an incident",
    "32(1)(d)": "Measures are tested regularly",
    "32(2)": "Risk of loss, alteration and unauthorised disclosure is accounted for",
    "33": "Breaches are noticed and reported within 72 hours",
    "44": "Transfers to third countries only under chapter V",
    "46": "Transfers under appropriate safeguards",
  },
  notEvaluable: [
    {
      id: "gdpr-lawful-basis",
      clause: "6",
      title: "A lawful basis for each processing",
      evidence: "the record of processing; the tag `legal-basis` only names it",
    },
    {
      id: "gdpr-child-consent",
      clause: "8",
      title: "Consent for children's use of online services",
      evidence: "the consents, or the school's mandate",
    },
    {
      id: "gdpr-information",
      clause: "13",
      title: "People are told what is done with their data",
      evidence: "the notices",
    },
    {
      id: "gdpr-rights",
      clause: "15",
      title: "Access, rectification, erasure, portability and objection, on request",
      evidence: "the procedures, and their log of requests",
    },
    {
      id: "gdpr-processors",
      clause: "28(3)",
      title: "Contracts with processors",
      evidence: "the contracts",
    },
    {
      id: "gdpr-breach-notice",
      clause: "33(1)",
      title: "The authority is told of a breach within 72 hours",
      evidence: "the procedure, and the register of breaches",
    },
    {
      id: "gdpr-impact-assessment",
      clause: "35",
      title: "An impact assessment where the risk is high: children, profiling",
      evidence: "the assessment",
    },
    {
      id: "gdpr-officer",
      clause: "37",
      title: "A data protection officer",
      evidence: "the appointment",
    },
    {
      id: "gdpr-transfer-contract",
      clause: "46(2)",
      title: "Standard clauses, and an assessment, for transfers that cannot be avoided",
      evidence: "the clauses and assessments",
    },
  ],
});

/** Cites a clause of the GDPR. */
export const gdpr = citing(GDPR);
