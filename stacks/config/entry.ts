import { z } from "zod";
import { awsRegion, cidr, count } from "./fields";
import { parseRange, rangesOverlap } from "../../components/internal/cidr";
import type { Issue } from "./issue";
import { checkWebAcl, webAclSchema } from "./webAcl";

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
      .optional()
      .describe(
        "Ranges that may connect: those of Cloudflare (https://www.cloudflare.com/ips-v4); required with it. 25 at most: each counts for two of the 60 rules of a security group.",
      ),
    edgePrefixLists: z
      .record(awsRegion, z.string().regex(/^pl-[0-9a-f]+$/, "the id of a prefix list, pl-…"))
      .optional()
      .describe(
        "With CloudFront: the prefix list of the addresses that it comes from, by region. AWS keeps it: `aws ec2 describe-managed-prefix-lists --filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing`. It counts for 55 of the 60 rules of a security group, so that only port 443 is open.",
      ),
    podPorts: z
      .array(count(1).pipe(z.number().max(65_535)))
      .min(1)
      .max(10)
      .default([8_080])
      .describe("Ports of the pods that requests are routed to; the load balancer reaches no other."),
    webAcl: webAclSchema
      .extend({ requestsPerFiveMinutes: webAclSchema.shape.requestsPerFiveMinutes.optional() })
      .describe("The firewall on each region's load balancer, behind the edge's own."),
  })
  .describe("Where requests enter each region: the load balancer, who may reach it, and its firewall.");

export type EntryConfig = z.infer<typeof entrySchema>;

/** What the entry section must agree on with itself. */
export function checkEntry({ entry }: { entry?: EntryConfig }): Issue[] {
  if (entry === undefined) {
    return [];
  }
  const { edgeRanges = [] } = entry;
  const ranges = edgeRanges.flatMap((value, index): Issue[] => {
    const before = edgeRanges.slice(0, index).find((other) => rangesOverlap(parseRange(other), parseRange(value)));
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
