import { waiversInOrder } from "../../../../policies/rules/governance/waiversInOrder";
import { describeRule } from "../../support/cases";

const WAIVER = {
  rule: "secret-rotation",
  resource: "*",
  reason: "the vendor issues it",
  who: "platform",
  expires: "2027-06-30",
};

describeRule(waiversInOrder, {
  passes: [{ what: "in force", resources: [], settings: { waivers: [WAIVER] } }],
  fails: [
    {
      what: "expired",
      resources: [],
      settings: { waivers: [{ ...WAIVER, expires: "2026-01-31" }] },
      message: /expired on 2026-01-31/,
    },
  ],
  boundary: [
    { what: "on its last day", resources: [], settings: { waivers: [WAIVER] }, today: "2027-06-30", expect: "passed" },
    { what: "the day after", resources: [], settings: { waivers: [WAIVER] }, today: "2027-07-01", expect: "violated" },
  ],
  absent: [{ what: "no waivers", resources: [], expect: "notApplicable" }],
  unknown: { none: "config is known" },
  secret: { none: "config holds no secrets" },
  notApplicable: [{ what: "no waivers", resources: [] }],
});
