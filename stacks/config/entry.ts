import { z } from "zod";
import { cidr, count, logRetentionDays } from "./fields";
import { parseRange, rangesOverlap } from "../../components/internal/cidr";
import type { Issue } from "./issue";

/** A firewall in front of a load balancer or a distribution. */
export const webAclSchema = z.strictObject({
  managedRuleGroups: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^AWSManagedRules[A-Za-z0-9]+$/, "a rule group that AWS manages, AWSManagedRules…")
          .describe("Name of a rule group that AWS manages."),
        count: z
          .array(z.string().regex(/^[\w-]+$/, "the name of a rule"))
          .default([])
          .describe("Rules of the group that only count and do not block."),
      }),
    )
    .min(1)
    .max(10)
    .describe("Rule groups that AWS manages, in the order in which they look at a request."),
  requestsPerFiveMinutes: count(10)
    .pipe(z.number().max(2_000_000_000))
    .describe(
      "Requests from one address in five minutes above which it is blocked, 10 to 2000000000. A whole school often has one address.",
    ),
  logRetentionDays: logRetentionDays
    .default(90)
    .describe("How long the firewall's log is kept, in days: it holds addresses of users, as access logs do."),
});

export const entrySchema = z
  .strictObject({
    idleTimeoutSeconds: count(1)
      .pipe(z.number().max(4_000))
      .default(60)
      .describe("How long the load balancer keeps a connection without data, 1 to 4000 seconds, a limit of an ALB."),
    edgeRanges: z
      .array(cidr)
      .min(1)
      .max(25)
      .describe(
        "Ranges that may connect: those of Cloudflare (https://www.cloudflare.com/ips-v4). 25 at most: each counts for two of the 60 rules of a security group.",
      ),
    podPorts: z
      .array(count(1).pipe(z.number().max(65_535)))
      .min(1)
      .max(10)
      .default([8_080])
      .describe("Ports of the pods that requests are routed to; the load balancer reaches no other."),
    webAcl: webAclSchema.describe("The firewall on each region's load balancer, behind the edge's own."),
  })
  .describe("Where requests enter each region: the load balancer, who may reach it, and its firewall.");

export type EntryConfig = z.infer<typeof entrySchema>;
export type WebAclConfig = z.infer<typeof webAclSchema>;

/** What the entry section must agree on with itself. */
export function checkEntry({ entry }: { entry?: EntryConfig }): Issue[] {
  if (entry === undefined) {
    return [];
  }
  const ranges = entry.edgeRanges.flatMap((value, index): Issue[] => {
    const before = entry.edgeRanges
      .slice(0, index)
      .find((other) => rangesOverlap(parseRange(other), parseRange(value)));
    return before === undefined
      ? []
      : [
          {
            path: `entry.edgeRanges[${index}]`,
            message: `overlaps ${before}; a prefix list takes each range once`,
            value,
          },
        ];
  });
  const ports = entry.podPorts.flatMap((value, index): Issue[] =>
    entry.podPorts.indexOf(value) === index
      ? []
      : [{ path: `entry.podPorts[${index}]`, message: "each port once", value }],
  );
  return [...ranges, ...ports, ...checkWebAcl("entry.webAcl", entry.webAcl)];
}

/** Each rule group once: the name of a rule is unique in a web ACL. */
export function checkWebAcl(path: string, { managedRuleGroups }: WebAclConfig): Issue[] {
  const names = managedRuleGroups.map(({ name }) => name);
  return names.flatMap((value, index): Issue[] =>
    names.indexOf(value) === index
      ? []
      : [{ path: `${path}.managedRuleGroups[${index}].name`, message: "each rule group once", value }],
  );
}
