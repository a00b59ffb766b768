import { z } from "zod";
import { awsAccount, hostname, label } from "./fields";
import type { Issue } from "./issue";

/** What every deployment says of itself, whatever its platform is made of. */
export const deploymentFields = {
  name: label(20).describe("Short name of the product; the prefix of names that peers outside the program use."),
  environment: z
    .enum(["production", "staging", "test", "development", "recovery"])
    .describe("What the deployment is for; a tag or a label on every resource."),
  owner: z.string().min(1).describe("Who answers for the deployment; a tag or a label on every resource."),
};

export const deploymentSchema = z
  .strictObject({
    ...deploymentFields,
    name: label(12).describe(
      "Short name of the product; the prefix of names that peers outside the program use (12 characters at most).",
    ),
    account: awsAccount.describe("The AWS account. Every provider refuses another one."),
    hosts: z
      .strictObject({
        zone: hostname.describe(
          "The DNS zone, which the stack makes: on Cloudflare, or on Route 53 with edge.kind cloudfront.",
        ),
        app: hostname.describe("Host name of the application: the zone's own name or one inside it."),
        others: z
          .array(hostname)
          .min(1)
          .max(4)
          .optional()
          .describe("Further host names that workloads answer to (`target.host`), such as that of an API."),
        static: hostname
          .optional()
          .describe("Host name of content-hashed assets, inside the zone: what edge.static serves. @default - none"),
      })
      .describe("Host names that users see; each has one path, drawn in docs/architecture.md."),
  })
  .describe("What is deployed, for whom, in which account, under which names.");

export type Deployment = z.infer<typeof deploymentSchema>;

/** Names of the zone, each once: one path for each host name. */
export function checkHosts({ deployment }: { deployment?: Deployment }): Issue[] {
  if (deployment === undefined) {
    return [];
  }
  const { zone, app, static: assets, others = [] } = deployment.hosts;
  const named: [string, string][] = [
    ["app", app],
    ...(assets === undefined ? [] : [["static", assets] as [string, string]]),
    ...others.map((host, index): [string, string] => [`others[${index}]`, host]),
  ];
  return named.flatMap(([key, value], index): Issue[] => {
    const path = `deployment.hosts.${key}`;
    const inside = value.endsWith(`.${zone}`) || (value === zone && key !== "static");
    const before = named.slice(0, index).find(([, other]) => other === value);
    return [
      ...(inside ? [] : [{ path, message: `a name inside ${zone}`, value }]),
      ...(before === undefined
        ? []
        : [{ path, message: `another name than hosts.${before[0]}: one path per host`, value }]),
    ];
  });
}
