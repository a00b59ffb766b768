import type { Resource } from "../../policies/graph";
import { GLOBAL, type CostContext } from "../context";
import type { Meters, Use } from "../meter";
import { MONTH_DAYS } from "../priceTable";

const WEB_ACL = "aws:wafv2/webAcl:WebAcl";

/** What stands before the regions. */
export const edge: Meters = {
  "aws:cloudfront/distribution:Distribution": distribution,
  [WEB_ACL]: webAcl,
};

/** Students get assets near where they are: at the price of their region. */
function distribution(resource: Resource, context: CostContext): Use[] {
  const { staticMiB, staticRequests } = context.inputs.transfer;
  const portion = context.portion(resource);
  return Object.keys(context.inputs.shares).flatMap((at): Use[] => [
    { part: "edge", at, price: "cloudfront.transfer", quantity: context.gigabytes(at, staticMiB) * portion },
    {
      part: "edge",
      at,
      price: "cloudfront.requests",
      quantity: (context.students(at) * staticRequests * MONTH_DAYS * portion) / 10_000,
    },
  ]);
}

/** A managed rule group costs as much as a rule. */
function webAcl(acl: Resource, context: CostContext): Use[] {
  const region = context.region(acl);
  const portion = context.portion(acl, (other) => context.region(other) === region);
  const assets = context.inputs.students * context.inputs.transfer.staticRequests * MONTH_DAYS;
  const requests = (region === GLOBAL ? assets : context.requests(region)) * portion;
  return [
    { part: "edge", price: "waf.acl", quantity: 1 },
    { part: "edge", price: "waf.rule", quantity: acl.list("rules").length },
    { part: "edge", price: "waf.requests", quantity: requests / 1e6 },
  ];
}
