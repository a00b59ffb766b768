/** The policy pack: `pulumi preview --policy-pack policies`, for any Pulumi program. */
import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "./pack/policies";
import { Run } from "./pack/run";
import { Service } from "./pack/service";
import { stackSettings } from "./pack/settings";
import { RULES } from "./rules";

const { version } = require("./package.json") as { version: string };
const NAME = "cutover";
const settings = stackSettings();
const today = new Date();
// Rules over several stacks are left out: the engine sees one stack at a time.
const runs = RULES.filter(({ scope }) => scope !== "stacks").map((rule) => new Run(rule, settings, today));

new Service(runs, { name: NAME, version }).install();
new PolicyPack(NAME, {
  displayName: "Cutover",
  description: "FERPA, COPPA, GDPR, SOC 2 and ISO 27001 for multi-region platforms of schools.",
  tags: ["FERPA", "COPPA", "GDPR", "SOC 2", "ISO 27001"],
  policies: policiesOf(runs),
});
