import { z } from "zod";
import { count, logRetentionDays } from "./fields";
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

/** A firewall. Without a limit it counts no addresses: what stands before it does. */
export type WebAclConfig = Omit<z.infer<typeof webAclSchema>, "requestsPerFiveMinutes"> & {
  requestsPerFiveMinutes?: number;
};

/** Each rule group once: the name of a rule is unique in a web ACL. */
export function checkWebAcl(path: string, { managedRuleGroups }: WebAclConfig): Issue[] {
  const names = managedRuleGroups.map(({ name }) => name);
  return names.flatMap((value, index): Issue[] =>
    names.indexOf(value) === index
      ? []
      : [{ path: `${path}.managedRuleGroups[${index}].name`, message: "each rule group once", value }],
  );
}
