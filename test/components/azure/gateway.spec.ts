import assert from "node:assert/strict";
import { Gateway } from "../../../components/azure/gateway";
import { azureConfig } from "../../support/azureConfig";
import { answers } from "../../support/azurePlace";
import { find, misplaced, record } from "../../support/recorder";

const config = azureConfig().cluster;
const GATEWAY = "kubernetes:gateway.networking.k8s.io/v1";
const CERTIFICATES = "kubernetes:cert-manager.io/v1";

const make = () =>
  record(() => {
    const made = new Gateway("gateway", {
      config,
      namespaces: ["school-blue", "school-green"],
      subnetCidr: "10.64.16.0/24",
      subnetName: "gateway",
      privateLinkName: "school-gateway",
      certificate: {
        host: "gateway.school.example",
        labels: { app: "school" },
        proof: { dns01: { azureDNS: { hostedZoneName: "school.example" } } },
        config: { server: "https://acme.example/directory", email: "people@school.example" },
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

  it("speaks TLS with its certificate, and lets in routes of marked namespaces only", async () => {
    const { resources } = await make();
    const gateway = find(resources, `${GATEWAY}:Gateway`).inputs as any;
    const [listener] = gateway.spec.listeners;
    assert.deepEqual([listener.protocol, listener.port], ["HTTPS", 443]);
    assert.deepEqual(listener.tls.certificateRefs, [{ group: "", kind: "Secret", name: "host-certificate" }]);
    assert.deepEqual(listener.allowedRoutes.namespaces, {
      from: "Selector",
      selector: { matchLabels: { "cutover/routes": "true" } },
    });
    assert.equal(gateway.spec.gatewayClassName, "envoy");
  });

  it("is let in from the addresses of the private link service only, and reaches the colors", async () => {
    const { resources } = await make();
    const { spec } = find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy").inputs as any;
    const requests = spec.ingress.find(({ ports }: any) => ports?.[0].port === 10_443);
    assert.deepEqual(
      requests.from.map(({ ipBlock }: any) => ipBlock.cidr),
      ["10.64.16.0/24"],
    );
    const blocks = spec.ingress.flatMap(({ from }: any) => from).filter(({ ipBlock }: any) => ipBlock !== undefined);
    assert.equal(blocks.length, 1);
    const webhook = spec.ingress.find(({ ports }: any) => ports?.[0].port === 9_443);
    assert.deepEqual(webhook.from[0].podSelector.matchLabels, { app: "konnectivity-agent" });
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

  it("has a certificate of a public authority, with a key that Front Door can use", async () => {
    const { resources, value } = await make();
    const certificate = find(resources, `${CERTIFICATES}:Certificate`).inputs as any;
    assert.deepEqual(certificate.spec.dnsNames, ["gateway.school.example"]);
    assert.equal(certificate.spec.privateKey.algorithm, "RSA");
    assert.equal(certificate.metadata.namespace, "gateway");
    assert.deepEqual(certificate.spec.issuerRef, { group: "cert-manager.io", kind: "ClusterIssuer", name: "acme" });
    assert.deepEqual(value, { className: "envoy", name: "entry", namespace: "gateway" });
    assert.deepEqual(misplaced(resources), []);
  });

  it("lets the issuer sign in as cert-manager, and prove this one name", async () => {
    const { resources } = await make();
    const { metadata, spec } = find(resources, `${CERTIFICATES}:ClusterIssuer`).inputs as any;
    assert.equal(metadata.namespace, undefined);
    assert.deepEqual(spec.acme.solvers, [
      {
        selector: { dnsNames: ["gateway.school.example"] },
        dns01: { azureDNS: { hostedZoneName: "school.example" } },
      },
    ]);
  });

  it("is made when its certificate is there, as without it it would never be programmed", async () => {
    const { resources } = await make();
    const certificate = find(resources, `${CERTIFICATES}:Certificate`);
    assert.equal(certificate.inputs["metadata"].annotations["pulumi.com/waitFor"], "condition=Ready");
    assert.ok(find(resources, `${GATEWAY}:Gateway`).dependencies.includes(certificate.urn));
  });
});
