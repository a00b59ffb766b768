import { checkCapacity } from "../../components/internal/capacity";
import { podGroups } from "../config/applicationChecks";
import type { Issue } from "../config/issue";
import type { ApplicationConfig } from "../config/schema";
import type { AwsPlatform } from "../contract/platform/aws";
import { refuseIssues } from "../refuse";

/**
 * Refuses an application that asks its platform for what it does not have.
 *
 * @throws pulumi.RunError with everything that does not fit.
 */
export function refuseWhatDoesNotFit(config: ApplicationConfig<"aws">, platform: AwsPlatform): void {
  const sizes = Object.fromEntries(Object.entries(platform.regions).map(([region, place]) => [region, place.facts]));
  const issues = [
    ...checkCapacity(podGroups(config), sizes, config.capacity),
    ...unknownSecrets(config, platform),
    ...closedPorts(config, platform),
    ...absentParts(config, platform),
    ...unknownHosts(config, platform),
  ];
  refuseIssues(issues);
}

function unknownSecrets({ workloads }: ApplicationConfig<"aws">, platform: AwsPlatform): Issue[] {
  return Object.entries(workloads).flatMap(([name, { access }]) =>
    access.secrets.flatMap((secret, index) => {
      const missing = Object.keys(platform.regions).filter(
        (region) => platform.regions[region]!.secrets[secret] === undefined,
      );
      const known = Object.keys(Object.values(platform.regions)[0]?.secrets ?? {});
      return missing.length === 0
        ? []
        : [
            {
              path: `workloads.${name}.access.secrets[${index}]`,
              message: `a secret of the platform, in every region (${known.join(", ")}); ${missing.join(", ")} has none of this name`,
              value: secret,
            },
          ];
    }),
  );
}

function closedPorts({ workloads }: ApplicationConfig<"aws">, platform: AwsPlatform): Issue[] {
  const open = platform.facts.podPorts;
  return Object.entries(workloads)
    .filter(([, { port, target }]) => target !== undefined && !open.includes(port))
    .map(([name, { port }]) => ({
      path: `workloads.${name}.port`,
      message: `a port that the platform lets the load balancers reach (entry.podPorts): ${open.join(", ")}`,
      value: port,
    }));
}

/** What workloads ask for and the platform does not have, in some region. */
function absentParts({ workloads }: ApplicationConfig<"aws">, platform: AwsPlatform): Issue[] {
  const places = Object.values(platform.regions);
  const lacksAi = places.some(({ ai }) => ai === undefined);
  const lacksRecords = places.some(({ storage }) => storage.recordsBucket === undefined);
  return Object.entries(workloads).flatMap(([name, { access }]): Issue[] => [
    ...(access.ai && lacksAi
      ? [
          {
            path: `workloads.${name}.access.ai`,
            message: "false: the platform has no Azure OpenAI (cutover:ai), so that there is nothing to call",
            value: access.ai,
          },
        ]
      : []),
    ...(access.records !== "none" && lacksRecords
      ? [
          {
            path: `workloads.${name}.access.records`,
            message: "none: the platform keeps no bucket of education records (cutover:storage.records)",
            value: access.records,
          },
        ]
      : []),
  ]);
}

/** Hosts that workloads name and the platform does not answer to; and hosts of the platform that no workload answers. */
function unknownHosts(config: ApplicationConfig<"aws">, platform: AwsPlatform): Issue[] {
  const { app, others = [] } = platform.facts.hosts;
  const known = [app, ...others];
  const routed = Object.entries(config.workloads).flatMap(([name, { target }]) =>
    target === undefined ? [] : [{ name, host: target.host }],
  );
  const unknown = routed.flatMap(({ name, host }): Issue[] =>
    host === undefined || known.includes(host)
      ? []
      : [
          {
            path: `workloads.${name}.target.host`,
            message: `a name that the platform answers to (deployment.hosts): ${known.join(", ")}`,
            value: host,
          },
        ],
  );
  const unanswered = routed.some(({ host }) => host === undefined)
    ? []
    : known.filter((host) => !routed.some((other) => other.host === host));
  return [
    ...unknown,
    ...unanswered.map((host) => ({
      path: "workloads",
      message: `one workload at least takes requests of ${host}, which the platform answers to (target.host)`,
    })),
  ];
}
