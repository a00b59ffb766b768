import type * as pulumi from "@pulumi/pulumi";
import { CLOUDFRONT_REGION } from "../../../../components/aws/distribution";
import { Key } from "../../../../components/aws/key";
import { logsGrant } from "../../../../components/aws/keyGrant";
import type { PlatformContext, RegionBase } from "../region";

/** The provider and the log key of CloudFront's region, which need not be a region of the deployment. */
export function cloudFrontPlace(
  { config: { deployment }, providers }: PlatformContext,
  base: RegionBase,
  bases: Readonly<Record<string, RegionBase>>,
): { provider: RegionBase["provider"]; logKeyArn: pulumi.Output<string> } {
  const there = bases[CLOUDFRONT_REGION];
  if (there !== undefined) {
    return { provider: there.provider, logKeyArn: there.logKey.arn };
  }
  const provider = providers.aws(CLOUDFRONT_REGION, deployment);
  const key = new Key(
    `log-key-${CLOUDFRONT_REGION}`,
    {
      description: `Logs of the distribution of ${deployment.name}.`,
      account: deployment.account,
      grants: [logsGrant(CLOUDFRONT_REGION, deployment.account)],
      tags: base.tags,
    },
    { providers: [provider] },
  );
  return { provider, logKeyArn: key.arn };
}
