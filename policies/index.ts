/** The policy pack: `pulumi preview --policy-pack policies`, for any Pulumi program. */
import { PolicyPack } from "@pulumi/policy";
import { readOnce } from "./pack/once";
import { policiesOf } from "./pack/policies";
import { stackSettings } from "./pack/settings";
import { RULES } from "./rules";

readOnce();
new PolicyPack("cutover", {
  displayName: "Cutover",
  description: "FERPA, COPPA, GDPR, SOC 2 and ISO 27001 for multi-region platforms of schools.",
  tags: ["FERPA", "COPPA", "GDPR", "SOC 2", "ISO 27001"],
  policies: policiesOf(RULES, stackSettings(), new Date()),
});
