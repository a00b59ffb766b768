import { fields, items, text, type Fields } from "../pulumi/json";
import type { Color } from "../stacks/config/fields";
import { kubectl, placeOf, together, type InClusterRecord } from "./inCluster";
import { only, quoted, type RouterKind } from "./routerKind";

/** The type of the routers inside clusters without a gateway: Services that are another name of one color's Service. */
export const SERVICE = "kubernetes:core/v1:Service";

/** The name that a cluster's DNS gives to a Service of a color. */
const HOST = /^(?<workload>[a-z0-9-]+)\.(?<deployment>[a-z0-9-]+)-(?<color>blue|green)\.svc\.(?<domain>.+)$/;

/** What the name of a color's Service says; undefined for a name of something else. */
export function coloredHost(
  host: string,
): { workload: string; deployment: string; color: Color; domain: string } | undefined {
  return HOST.exec(host)?.groups as ReturnType<typeof coloredHost>;
}

interface ServiceSwitchRecord extends InClusterRecord {
  /** Name of each color's Service. */
  hosts: Record<Color, string>;
}

/** Services that switch all requests at once. */
export const serviceSwitch: RouterKind<ServiceSwitchRecord> = {
  type: SERVICE,
  tools: "kubectl with the context of each cluster",

  splitOf: (properties) => {
    const named = coloredHost(hostOf(properties));
    return named && [{ target: hostOf(properties), color: named.color, workload: named.workload, weight: 1 }];
  },

  regionOf: ({ properties }) => placeOf(properties).region,

  shifts: ({ op, diff }) => op === "update" && only(diff, /^spec\.externalName$/),

  // A Service answers nothing itself.
  turnsPage: () => false,

  // Testers of a color ask its Service by its own name: it is one inside the cluster.
  probes: ({ properties }, color) => {
    const hosts = hostsOf(properties);
    const port = text(items(fields(properties.spec).ports)[0]?.port ?? 80);
    return hosts === undefined ? [] : [`http://${hosts[color]}:${port}/`];
  },

  record: ({ urn, properties }) => {
    const hosts = hostsOf(properties);
    return hosts && { ...placeOf(properties), urn, hosts };
  },

  set: (router, to) =>
    `${kubectl(router)} patch service ${router.name} --type=merge --patch ${quoted({ spec: { externalName: router.hosts[to] } })}`,

  show: (routers) =>
    together(routers).map(
      (own) =>
        `${kubectl(own[0]!)} get service ${own.map(({ name }) => name).join(" ")} --output custom-columns=NAME:.metadata.name,COLOR:.spec.externalName`,
    ),
};

function hostOf(properties: Fields): string {
  const { type, externalName } = fields(properties.spec);
  return type === "ExternalName" ? text(externalName) : "";
}

function hostsOf(properties: Fields): Record<Color, string> | undefined {
  const named = coloredHost(hostOf(properties));
  if (named === undefined) {
    return undefined;
  }
  const host = (color: Color) => `${named.workload}.${named.deployment}-${color}.svc.${named.domain}`;
  return { blue: host("blue"), green: host("green") };
}
