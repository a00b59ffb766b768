import type * as pulumi from "@pulumi/pulumi";
import { Dashboard } from "../../../components/aws/dashboard";
import type { Entry } from "../../../components/aws/entry";
import type { PlatformContext, RegionBase } from "./region";

/** The dashboard of a region: what its users, its database, its cache and its cluster do, with both colors side by side. */
export function deployDashboard(
  { config }: PlatformContext,
  base: RegionBase,
  entry: Entry,
  databaseIdentifiers: readonly pulumi.Input<string>[],
): pulumi.Output<string> {
  return new Dashboard(
    `dashboard-${base.region}`,
    {
      dashboardName: `${config.deployment.name}-${base.region}`,
      region: base.region,
      loadBalancerArnSuffix: entry.loadBalancerArnSuffix,
      clusterName: base.cluster.name,
      cacheGroupId: base.cache.replicationGroupId,
      databaseIdentifiers,
    },
    { providers: [base.provider] },
  ).dashboardName;
}
