import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import type * as inputs from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import { PAGE_COMPONENT, productionNamespaceName } from "../internal/names";
import { named } from "./controller";
import { Namespace } from "./namespace";
import { DNS } from "./networkPolicies";

const TOKEN = "cutover:kubernetes:ProductionSpace";

/** Ports of pods that requests reach here: the maintenance page, and what shows a challenge for the host's certificate. */
const PAGE_PORT = 8080;
const CHALLENGE_PORT = 8089;

export interface ProductionSpaceArgs {
  /** Name of the deployment. */
  deployment: string;
  /** Labels of the namespace besides those of pod security, and of what is in it. */
  labels: Readonly<Record<string, string>>;
  /** Namespace of the pods through which requests come in. */
  proxies: string;
}

/**
 * The namespace of what stands in front of both colors: routes and switches, the gateway where the deployment has its own, the
 * host's certificate. Requests reach the maintenance page and the certificate's challenge in it, and nothing else.
 */
export class ProductionSpace extends pulumi.ComponentResource {
  public readonly namespace: pulumi.Output<string>;

  public constructor(name: string, args: ProductionSpaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { deployment, labels } = args;
    this.namespace = new Namespace(
      `${name}-space`,
      { namespace: productionNamespaceName(deployment), labels },
      { parent: this },
    ).namespaceName;
    const from = [{ namespaceSelector: { matchLabels: named(args.proxies) } }];
    const policy = (role: string, spec: inputs.networking.v1.NetworkPolicySpec) =>
      new NetworkPolicy(
        `${name}-${role}`,
        { metadata: { name: role, namespace: this.namespace, labels }, spec },
        { parent: this },
      );
    policy("default-deny", { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    policy("dns", {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [{ to: DNS, ports: ["UDP", "TCP"].map((protocol) => ({ protocol, port: 53 })) }],
    });
    policy("page", {
      podSelector: { matchLabels: { "app.kubernetes.io/component": PAGE_COMPONENT } },
      policyTypes: ["Ingress"],
      ingress: [{ from, ports: [{ protocol: "TCP", port: PAGE_PORT }] }],
    });
    policy("challenge", {
      podSelector: { matchLabels: { "acme.cert-manager.io/http01-solver": "true" } },
      policyTypes: ["Ingress"],
      ingress: [{ from, ports: [{ protocol: "TCP", port: CHALLENGE_PORT }] }],
    });
    this.registerOutputs({ namespace: this.namespace });
  }
}
