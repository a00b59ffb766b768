import { helmReleasePinned } from "../../../../policies/rules/kubernetes/helmReleasePinned";
import { describeRule, HIDDEN } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { release } from "./fixtures";

describeRule(helmReleasePinned, {
  passes: [
    { what: "a version of a repository", resources: [release()] },
    {
      what: "a chart of an OCI registry",
      resources: [release({ chart: "oci://registry.example.com/charts/prometheus", repositoryOpts: undefined })],
    },
    {
      what: "a chart whose pods Pulumi sees",
      resources: [draft("kubernetes:helm.sh/v4:Chart", { ...release().inputs })],
    },
  ],
  fails: [
    { what: "a range", resources: [release({ version: "^27.0.0" })] },
    { what: "a repository in clear", resources: [release({ "repositoryOpts.repo": "http://charts.example.com" })] },
    {
      what: "a repository that only this machine knows",
      resources: [release({ chart: "stable/prometheus", repositoryOpts: undefined })],
    },
  ],
  boundary: [
    { what: "a minor version", resources: [release({ version: "27.1" })], expect: "violated" },
    { what: "a version with a v", resources: [release({ version: "v27.1.0" })], expect: "passed" },
    { what: "a version before its release", resources: [release({ version: "27.1.0-rc.1+build" })], expect: "passed" },
  ],
  absent: [{ what: "no version is the newest", resources: [release({ version: undefined })] }],
  unknown: [{ what: "a version that is not known yet", resources: [release({ version: unknown })] }],
  secret: [
    { what: "a secret is read, and not quoted", resources: [release({ version: secret(HIDDEN) })], expect: "violated" },
  ],
  notApplicable: [
    {
      what: "a chart of this repository",
      resources: [release({ chart: "./charts/school", repositoryOpts: undefined })],
    },
    { what: "a chart that its component does not tell", resources: [draft("kubernetes:helm.sh/v3:Chart", {})] },
  ],
});
