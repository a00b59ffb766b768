import type { Resource } from "../../policies/graph";
import { GLOBAL, type CostContext } from "../context";
import type { Meters, Use } from "../meter";
import { MONTH_DAYS } from "../priceTable";

export const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const WEB_ACL = "aws:wafv2/webAcl:WebAcl";

/** What stands before the regions. */
export const edge: Meters = {
  [DISTRIBUTION]: distribution,
  [WEB_ACL]: webAcl,
};

/** Students get assets and pages near where they are: at the price of their region. */
function distribution(resource: Resource, context: CostContext): Use[] {
  const { staticMiB, staticRequests, dynamicMiB } = context.inputs.transfer;
  const inFront = standsBeforeBalancer(resource);
  const portion = context.portion(resource, (other) => standsBeforeBalancer(other) === inFront);
  return Object.keys(context.inputs.shares).flatMap((at): Use[] => {
    const requests = inFront ? context.requests(at) : context.students(at) * staticRequests * MONTH_DAYS;
    const gigabytes = context.gigabytes(at, inFront ? dynamicMiB : staticMiB);
    return [
      { part: "edge", at, price: "cloudfront.transfer", quantity: gigabytes * portion },
      { part: "edge", at, price: "cloudfront.requests", quantity: (requests * portion) / 10_000 },
    ];
  });
}

/** Whether a distribution passes requests on to a load balancer, and does not serve a bucket. */
export function standsBeforeBalancer(distribution: Resource): boolean {
  return distribution.list("origins").some((origin) => origin.keys("customOriginConfig").length > 0);
}

/** A managed rule group costs as much as a rule. */
function webAcl(acl: Resource, context: CostContext): Use[] {
  const region = context.region(acl);
  const portion = context.portion(acl, (other) => context.region(other) === region);
  const assets = context.inputs.students * context.inputs.transfer.staticRequests * MONTH_DAYS;
  const pages = context.graph.ofType(DISTRIBUTION).some(standsBeforeBalancer)
    ? Object.keys(context.inputs.shares).reduce((sum, at) => sum + context.requests(at), 0)
    : 0;
  const requests = (region === GLOBAL ? assets + pages : context.requests(region)) * portion;
  return [
    { part: "edge", price: "waf.acl", quantity: 1 },
    { part: "edge", price: "waf.rule", quantity: acl.list("rules").length },
    { part: "edge", price: "waf.requests", quantity: requests / 1e6 },
  ];
}
