import { helmReleaseNamespace } from "../../../../policies/rules/kubernetes/helmReleaseNamespace";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { namespace, release } from "./fixtures";

describeRule(helmReleaseNamespace, {
  passes: [
    { what: "a namespace of the program", resources: [release(), namespace()] },
    {
      what: "a namespace whose name is not known yet",
      resources: [
        release({ namespace: unknown }, { refers: { namespace: ["namespace"] } }),
        namespace({ "metadata.name": unknown }),
        namespace({}, { name: "other" }),
      ],
    },
  ],
  fails: [
    { what: "a namespace that Helm makes", resources: [release({ createNamespace: true }), namespace()] },
    { what: "a namespace of somebody else", resources: [release({ namespace: "kube-system" }), namespace()] },
    { what: "a namespace of another cluster", resources: [release(), namespace({}, { provider: {} })] },
  ],
  boundary: [
    {
      what: "a namespace whose name only begins like it",
      resources: [release({ namespace: "schools" }), namespace()],
      expect: "violated",
    },
  ],
  absent: [{ what: "the default namespace", resources: [release({ namespace: undefined }), namespace()] }],
  unknown: [
    {
      what: "a namespace that is not known yet, and nothing it depends on",
      resources: [release({ namespace: unknown }), namespace()],
    },
  ],
  secret: [
    {
      what: "a secret is read",
      resources: [release({ namespace: secret("kube-system") }), namespace()],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a chart whose pods Pulumi sees", resources: [draft("kubernetes:helm.sh/v4:Chart", {})] }],
});
