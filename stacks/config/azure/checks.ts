import { parseRange, rangesOverlap } from "../../../components/internal/cidr";
import { AZURE_LOCATIONS, type AzureLocation } from "../azureLocations";
import type { Issue } from "../issue";
import { collect } from "../salvage";
import type { PlatformConfig } from "../schema";

type Config = Partial<PlatformConfig<"azure">>;

/** Length of the prefix of the smallest range that all subnets fit into. */
const SMALLEST_NETWORK = 18;

/** What the sections of the platform on Azure must agree on. */
export function checkAzure(config: Config): Issue[] {
  return collect(
    () => checkOneRegion(config),
    () => checkLocations(config),
    () => checkHosts(config),
    () => checkRanges(config),
    () => checkSecrets(config),
    () => checkZones(config),
    () => checkRegistry(config),
  );
}

/** Names that are unique in the world are given once, so there is one region: that of the go-live plan. */
function checkOneRegion({ regions }: Config): Issue[] {
  const names = Object.keys(regions ?? {});
  return names.length > 1
    ? [
        {
          path: "regions",
          message: "one region: names of the platform on Azure that are unique in the world are for one",
          value: names,
        },
      ]
    : [];
}

/** Everything that holds data lies in the jurisdiction: the region, AI accounts, copies of backups. */
function checkLocations({ regions, jurisdictions, ai, database }: Config): Issue[] {
  const [region] = Object.entries(regions ?? {});
  const jurisdiction = region === undefined ? undefined : jurisdictions?.[region[1].jurisdiction];
  if (region === undefined || jurisdiction === undefined) {
    return [];
  }
  const [name, { jurisdiction: area }] = region;
  const places: [string, string | undefined][] = [
    ["ai.primary.location", ai?.primary?.location],
    ["ai.fallback.location", ai?.fallback?.location],
    ["database.backups.geo.location", database?.backups?.geo?.location],
  ];
  const unknown: Issue[] = Object.hasOwn(AZURE_LOCATIONS, name)
    ? []
    : [{ path: `regions.${name}`, message: `an Azure region, such as eastus2`, value: name, remove: true }];
  return [
    ...unknown,
    ...[[`regions.${name}`, name] as [string, string], ...places].flatMap(([path, place]): Issue[] => {
      const country = place === undefined ? undefined : AZURE_LOCATIONS[place as AzureLocation];
      return country === undefined || jurisdiction.countries.includes(country)
        ? []
        : [{ path, message: `${place} lies in ${country}, outside ${area}`, value: place }];
    }),
  ];
}

function checkHosts({ deployment, vault }: Config): Issue[] {
  if (deployment === undefined) {
    return [];
  }
  const { zone, app } = deployment.hosts;
  const hosts: [string, string | undefined][] = [
    ["deployment.hosts.app", app],
    ["vault.certificate.host", vault?.certificate?.host],
  ];
  const outside = hosts.flatMap(([path, host]): Issue[] =>
    host === undefined || host.endsWith(`.${zone}`)
      ? []
      : [{ path, message: `a host name inside deployment.hosts.zone, such as app.${zone}`, value: host }],
  );
  return vault?.certificate?.host === app
    ? [
        ...outside,
        {
          path: "vault.certificate.host",
          message: "another name than deployment.hosts.app: that one leads to Front Door, which would call itself",
          value: app,
        },
      ]
    : outside;
}

function checkRanges({ regions, network, cluster }: Config): Issue[] {
  const own = Object.entries(regions ?? {}).map(([name, { cidr }]): [string, string] => [`regions.${name}.cidr`, cidr]);
  const small = own.flatMap(([path, cidr]): Issue[] =>
    parseRange(cidr).prefix > SMALLEST_NETWORK
      ? [{ path, message: `/${SMALLEST_NETWORK} or larger: room for the subnets`, value: cidr }]
      : [],
  );
  const inside: [string, string][] =
    cluster === undefined
      ? []
      : [
          ["cluster.podCidr", cluster.podCidr],
          ["cluster.serviceCidr", cluster.serviceCidr],
        ];
  const operators = (network?.operatorRanges ?? []).map((cidr, index): [string, string] => [
    `network.operatorRanges[${index}]`,
    cidr,
  ]);
  const all = [...own, ...inside, ...operators];
  const overlaps = all.flatMap(([path, cidr], index): Issue[] => {
    const other = all.slice(0, index).find(([, before]) => rangesOverlap(parseRange(before), parseRange(cidr)));
    return other === undefined
      ? []
      : [{ path, message: `a range that does not overlap with ${other[0]} (${other[1]})`, value: cidr }];
  });
  return [...small, ...overlaps];
}

/** Workloads read secrets that there are. */
function checkSecrets({ vault, identities }: Config): Issue[] {
  if (vault === undefined || identities === undefined) {
    return [];
  }
  const known = Object.keys(vault.secrets);
  return Object.entries(identities).flatMap(([name, { secrets }]) =>
    secrets.flatMap((secret, index): Issue[] =>
      known.includes(secret)
        ? []
        : [
            {
              path: `identities.${name}.secrets[${index}]`,
              message: `a secret of vault.secrets: ${known.join(", ") || "there is none"}`,
              value: secret,
            },
          ],
    ),
  );
}

/** The database stands in zones of the region. */
function checkZones({ regions, database }: Config): Issue[] {
  const [region] = Object.values(regions ?? {});
  if (region === undefined || database === undefined) {
    return [];
  }
  const zones: [string, string][] = [
    ["database.zone", database.zone],
    ["database.standbyZone", database.standbyZone],
    ...Object.entries(database.replicas).map(([name, { zone }]): [string, string] => [
      `database.replicas.${name}.zone`,
      zone,
    ]),
  ];
  return zones.flatMap(([path, zone]): Issue[] =>
    (region.zones as string[]).includes(zone)
      ? []
      : [{ path, message: `a zone of the region: ${region.zones.join(", ")}`, value: zone }],
  );
}

/** Nodes may pull from a registry of the deployment's subscription: roles are given there, and nowhere else. */
function checkRegistry({ deployment, cluster }: Config): Issue[] {
  const registryId = cluster?.registryId;
  return deployment === undefined ||
    registryId === undefined ||
    registryId.startsWith(`/subscriptions/${deployment.subscriptionId}/`)
    ? []
    : [
        {
          path: "cluster.registryId",
          message: `a registry in deployment.subscriptionId (${deployment.subscriptionId})`,
          value: registryId,
        },
      ];
}
