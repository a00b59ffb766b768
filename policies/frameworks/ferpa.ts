import { citing, framework } from "./clause";

export const FERPA = framework({
  name: "FERPA",
  version: "34 CFR Part 99",
  specification: "Family Educational Rights and Privacy Act, regulations of the US Department of Education",
  source: "https://www.ecfr.gov/current/title-34/subtitle-A/part-99",
  clauses: {
    "99.3": "Education records and personally identifiable information: what is protected, wherever it is stored",
    "99.30": "No disclosure of education records without consent, but where the law allows it",
    "99.31(a)(1)(i)(B)": "A contractor stands under the direct control of the school in its use and keeping of records",
    "99.31(a)(1)(ii)": "Reasonable methods so that only those with a legitimate educational interest reach records",
    "99.31(a)(6)": "Studies: records are destroyed when they are no longer needed",
    "99.32": "A record of each access and disclosure, kept as long as the education record",
    "99.33": "What was disclosed is not disclosed further",
    "99.35(b)": "Records are protected from others, and destroyed when no longer needed",
  },
  notEvaluable: [
    {
      id: "ferpa-annual-notice",
      clause: "99.7",
      title: "Parents and eligible students are told of their rights each year",
      evidence: "the notice, and when it was sent",
    },
    {
      id: "ferpa-inspection",
      clause: "99.10",
      title: "Parents and eligible students can inspect records within 45 days",
      evidence: "the procedure, and its log of requests",
    },
    {
      id: "ferpa-amendment",
      clause: "99.20",
      title: "Records can be amended, with a hearing where that is refused",
      evidence: "the procedure, and its log of requests",
    },
    {
      id: "ferpa-consent",
      clause: "99.30",
      title: "Written consent before a disclosure that needs it",
      evidence: "the consents",
    },
    {
      id: "ferpa-contract",
      clause: "99.31(a)(1)(i)(B)",
      title: "The contract that puts the vendor under the school's direct control",
      evidence: "the contracts with schools and districts",
    },
    {
      id: "ferpa-directory-information",
      clause: "99.37",
      title: "What counts as directory information is announced, and can be opted out of",
      evidence: "the notice, and the list of those who opted out",
    },
  ],
});

/** Cites a clause of FERPA. */
export const ferpa = citing(FERPA);
