import assert from "node:assert/strict";
import { Gateway } from "../../../components/azure/gateway";
import { azureConfig } from "../../support/azureConfig";
import { answers } from "../../support/azurePlace";
import { find, misplaced, record } from "../../support/recorder";

const config = azureConfig().cluster;
const GATEWAY = "kubernetes:gateway.networking.k8s.io/v1";

const make = () =>
  record(() => {
    const made = new Gateway("gateway", {
      config,
      namespaces: ["school-blue", "school-green"],
      nodeCidr: "10.64.0.0/20",
      subnetCidr: "10.64.16.0/24",
      subnetName: "gateway",
      privateLinkName: "school-gateway",
      certificate: {
        vaultUri: "https://vault/",
        vaultSecretName: "gateway-certificate",
        clientId: "client",
        tenantId: "tenant",
      },
    });
    return { className: made.className, name: made.gatewayName, namespace: made.namespace };
  }, answers);

describe("the gateway of the cluster", () => {
  it("has a private address, and a private link service that asks a person before it lets in", async () => {
    const { resources } = await make();
    const { spec } = find(resources, "kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy").inputs as any;
    const { annotations, type } = spec.provider.kubernetes.envoyService;
    const of = (key: string) => annotations[`service.beta.kubernetes.io/azure-${key}`];
    assert.equal(type, "LoadBalancer");
    assert.deepEqual(
      [of("load-balancer-internal"), of("pls-create"), of("pls-name"), of("pls-auto-approval")],
      ["true", "true", "school-gateway", undefined],
    );
  });

  it("speaks TLS with the vault's certificate, and lets in routes of marked namespaces only", async () => {
    const { resources } = await make();
    const gateway = find(resources, `${GATEWAY}:Gateway`).inputs as any;
    const [listener] = gateway.spec.listeners;
    assert.deepEqual([listener.protocol, listener.port], ["HTTPS", 443]);
    assert.deepEqual(listener.tls.certificateRefs, [{ group: "", kind: "Secret", name: "gateway-certificate" }]);
    assert.deepEqual(listener.allowedRoutes.namespaces, {
      from: "Selector",
      selector: { matchLabels: { "cutover/routes": "true" } },
    });
    assert.equal(gateway.spec.gatewayClassName, "envoy");
  });

  it("is let in from the load balancer's subnet and the nodes, and reaches the colors", async () => {
    const { resources } = await make();
    const { spec } = find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy").inputs as any;
    const requests = spec.ingress.find(({ ports }: any) => ports?.[0].port === 10_443);
    assert.deepEqual(
      requests.from.map(({ ipBlock }: any) => ipBlock.cidr),
      ["10.64.16.0/24", "10.64.0.0/20"],
    );
    const colors = spec.egress.at(-1).to.map((peer: any) => Object.values(peer.namespaceSelector.matchLabels)[0]);
    assert.deepEqual(colors, ["school-blue", "school-green"]);
  });

  it("comes from a registry by its whole address, in one version", async () => {
    const { resources } = await make();
    const { chart, version, repositoryOpts } = find(resources, "kubernetes:helm.sh/v3:Release").inputs;
    assert.equal(chart, "oci://docker.io/envoyproxy/gateway-helm");
    assert.match(version, /^v\d+\.\d+\.\d+$/);
    assert.equal(repositoryOpts, undefined);
  });

  it("brings its certificate with an identity of its own, and shows none of it", async () => {
    const { resources, value } = await make();
    const account = find(resources, "kubernetes:core/v1:ServiceAccount").inputs as any;
    assert.equal(account.metadata.annotations["azure.workload.identity/client-id"], "client");
    const secret = find(resources, "kubernetes:external-secrets.io/v1:ExternalSecret").inputs as any;
    assert.deepEqual(secret.spec.data, [{ secretKey: "bundle", remoteRef: { key: "gateway-certificate" } }]);
    assert.equal(secret.spec.target.template.type, "kubernetes.io/tls");
    assert.deepEqual(value, { className: "envoy", name: "entry", namespace: "gateway" });
    assert.deepEqual(misplaced(resources), []);
  });
});
