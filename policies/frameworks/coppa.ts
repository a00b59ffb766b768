import { citing, framework } from "./clause";

export const COPPA = framework({
  name: "COPPA",
  version: "2025",
  specification:
    "Children's Online Privacy Protection Rule, 16 CFR Part 312 as amended in 2025 (compliance since 2026-04-22)",
  source: "https://www.ecfr.gov/current/title-16/chapter-I/subchapter-C/part-312",
  clauses: {
    "312.3": "What an operator that collects from children must do, in short",
    "312.4(d)": "The notice says which operators collect what, persistent identifiers included",
    "312.7": "No more is collected than is reasonably necessary",
    "312.8(a)": "Reasonable procedures protect confidentiality, security and integrity of children's data",
    "312.8(b)": "A security program: risks are assessed, safeguards are designed, tested and monitored",
    "312.8(c)": "Data goes only to those who can keep it, and assure that in writing",
    "312.10": "Children's data is not kept indefinitely, and deleted so that nobody gets at it",
  },
  notEvaluable: [
    {
      id: "coppa-notice",
      clause: "312.4",
      title: "Direct notice to parents, and a notice on the site",
      evidence: "the notices",
    },
    {
      id: "coppa-consent",
      clause: "312.5",
      title: "Verifiable consent of a parent, or of the school in the parents' place",
      evidence: "the consents, and how they are verified",
    },
    {
      id: "coppa-parental-access",
      clause: "312.6",
      title: "Parents can see and delete what was collected",
      evidence: "the procedure, and its log of requests",
    },
    {
      id: "coppa-written-program",
      clause: "312.8(b)",
      title: "The written security program, with who coordinates it and its yearly assessment",
      evidence: "the program, and its last assessment",
    },
    {
      id: "coppa-assurances",
      clause: "312.8(c)",
      title: "Written assurances of those who receive data",
      evidence: "the contracts with providers",
    },
    {
      id: "coppa-retention-policy",
      clause: "312.10",
      title: "The written retention policy, and its publication in the notice",
      evidence: "the policy; that its times are configured is checked by rules",
    },
  ],
});

/** Cites a clause of COPPA. */
export const coppa = citing(COPPA);
