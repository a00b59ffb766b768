import { Namespace as KubernetesNamespace } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { podSecurityLabels } from "./podSecurity";

const TOKEN = "cutover:kubernetes:Namespace";

export interface NamespaceArgs {
  /** Name of the namespace. Fixed, because trust in its service accounts names it. */
  namespace: string;
  /** Labels besides those of pod security. */
  labels: Readonly<Record<string, string>>;
}

/** A namespace that refuses pods which are not restricted (pod security standard, pinned to a version). */
export class Namespace extends pulumi.ComponentResource {
  /** Name of the namespace, known once it is there: what is put into it waits for it. */
  public readonly namespaceName: pulumi.Output<string>;

  public constructor(name: string, args: NamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const namespace = new KubernetesNamespace(
      `${name}-namespace`,
      { metadata: { name: args.namespace, labels: { ...args.labels, ...podSecurityLabels() } } },
      { parent: this },
    );
    this.namespaceName = namespace.metadata.name;
    this.registerOutputs({ namespaceName: this.namespaceName });
  }
}
