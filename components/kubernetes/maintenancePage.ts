import { Deployment } from "@pulumi/kubernetes/apps/v1";
import { ConfigMap, Service } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { PAGE_COMPONENT } from "../internal/names";
import { containerSecurityContext, podSecurityContext } from "./podSecurity";

const TOKEN = "cutover:kubernetes:MaintenancePage";
const NAME = "maintenance";
const PORT = 8080;
const DIRECTORY = "/etc/nginx/conf.d";

/** Pods: enough that one may leave, for a page that nobody computes. */
const REPLICAS = 2;

export interface MaintenancePageArgs {
  /** Name of the deployment. */
  deployment: string;
  namespace: pulumi.Input<string>;
  /** Image of nginx that runs without root, by digest. */
  image: string;
  /** Text of the page. */
  page: string;
  /** Path that the edge asks for the cluster's health: answered with 200, so that it does not look dead behind the page. */
  healthPath: string;
}

/**
 * What answers with the maintenance page in a cluster: a route of the Gateway API has no answer of its own. It is always there, so
 * that turning the page on changes routes and nothing else. Every request gets the page with status 503, and when to come back.
 */
export class MaintenancePage extends pulumi.ComponentResource {
  public readonly serviceName: pulumi.Output<string>;
  /** Port of the Service. */
  public readonly port = 80;

  public constructor(name: string, args: MaintenancePageArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { deployment, namespace } = args;
    const matchLabels = {
      "app.kubernetes.io/name": NAME,
      "app.kubernetes.io/instance": `${deployment}-${NAME}`,
      "app.kubernetes.io/component": PAGE_COMPONENT,
    };
    const labels = {
      ...matchLabels,
      "app.kubernetes.io/part-of": deployment,
      "app.kubernetes.io/managed-by": "pulumi",
    };
    const page = new ConfigMap(
      `${name}-page`,
      {
        metadata: { namespace, labels },
        data: { "default.conf": nginx(args.healthPath), "page.txt": `${args.page}\n` },
        immutable: true,
      },
      { parent: this },
    );
    new Deployment(
      `${name}-server`,
      {
        metadata: { name: NAME, namespace, labels },
        spec: {
          replicas: REPLICAS,
          selector: { matchLabels },
          template: { metadata: { labels }, spec: pod(args.image, page.metadata.name, matchLabels) },
        },
      },
      { parent: this },
    );
    this.serviceName = new Service(
      `${name}-service`,
      {
        metadata: { name: NAME, namespace, labels },
        spec: {
          type: "ClusterIP",
          selector: matchLabels,
          ports: [{ name: "http", port: this.port, targetPort: "http", protocol: "TCP" }],
        },
      },
      { parent: this },
    ).metadata.name;
    this.registerOutputs({ serviceName: this.serviceName });
  }
}

function pod(image: string, page: pulumi.Input<string>, matchLabels: Record<string, string>) {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurityContext(),
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels },
      },
    ],
    containers: [
      {
        name: NAME,
        image,
        ports: [{ name: "http", containerPort: PORT, protocol: "TCP" }],
        resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "32Mi" } },
        securityContext: containerSecurityContext(),
        readinessProbe: { tcpSocket: { port: "http" } },
        livenessProbe: { tcpSocket: { port: "http" } },
        volumeMounts: [
          { name: "page", mountPath: DIRECTORY, readOnly: true },
          { name: "tmp", mountPath: "/tmp" },
        ],
      },
    ],
    volumes: [
      { name: "page", configMap: { name: page } },
      { name: "tmp", emptyDir: { sizeLimit: "16Mi" } },
    ],
  };
}

/** @see https://nginx.org/en/docs/http/ngx_http_core_module.html#error_page */
function nginx(healthPath: string): string {
  return [
    "server {",
    `  listen ${PORT};`,
    "  default_type text/plain;",
    "  error_page 503 /page.txt;",
    "  add_header Retry-After 300 always;",
    "  add_header Cache-Control no-store always;",
    `  location = ${healthPath} { return 200 "Maintenance"; }`,
    `  location = /page.txt { root ${DIRECTORY}; internal; }`,
    "  location / { return 503; }",
    "}",
    "",
  ].join("\n");
}
