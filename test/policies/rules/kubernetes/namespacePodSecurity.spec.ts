import { namespacePodSecurity } from "../../../../policies/rules/kubernetes/namespacePodSecurity";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { namespace, networkPolicy } from "./fixtures";

const label = (mode: string) => `metadata.labels["pod-security.kubernetes.io/${mode}"]`;

describeRule(namespacePodSecurity, {
  passes: [{ what: "restricted in a version", resources: [namespace()] }],
  fails: [
    ...["enforce", "audit", "warn"].map((mode) => ({
      what: `${mode} is baseline`,
      resources: [namespace({ [label(mode)]: "baseline" })],
    })),
    { what: "the newest version", resources: [namespace({ [label("enforce-version")]: "latest" })] },
  ],
  boundary: [
    {
      what: "a version without a minor one",
      resources: [namespace({ [label("enforce-version")]: "v1" })],
      expect: "violated",
    },
    { what: "another version", resources: [namespace({ [label("enforce-version")]: "v1.36" })], expect: "passed" },
  ],
  absent: [
    { what: "no labels", resources: [namespace({ "metadata.labels": undefined })] },
    { what: "no version", resources: [namespace({ [label("enforce-version")]: undefined })] },
  ],
  unknown: [{ what: "a label that is not known yet", resources: [namespace({ [label("enforce")]: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [namespace({ [label("enforce")]: secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a network policy", resources: [networkPolicy()] }],
});
