import * as pulumi from "@pulumi/pulumi";
import { dataTags } from "../../../components/aws/dataTags";
import { OpenAi } from "../../../components/azure/openAi";
import { namespaceName } from "../../../components/internal/names";
import type { AiConfig } from "../../config/ai";
import { COLORS } from "../../config/fields";
import type { AwsPlatform } from "../../contract/platform/aws";
import type { azureProvider } from "../../providers";
import type { PlatformContext, RegionBase } from "./region";

/** Azure OpenAI of a jurisdiction, which the workloads of its clusters reach without keys. */
export function deployAi(
  { config }: PlatformContext,
  jurisdiction: string,
  ai: AiConfig,
  inside: Readonly<Record<string, RegionBase>>,
  azure: ReturnType<typeof azureProvider>,
): NonNullable<AwsPlatform["regions"][string]["ai"]> {
  const { deployment } = config;
  const bases = Object.values(inside);
  const subjects = bases.flatMap(({ region, cluster }) =>
    COLORS.flatMap((color) =>
      ai.serviceAccounts.map((serviceAccount) => ({
        key: `${region}-${color}-${serviceAccount}`,
        oidcIssuer: cluster.oidcIssuer,
        namespace: namespaceName(deployment.name, color),
        serviceAccount,
      })),
    ),
  );
  const openAi = new OpenAi(
    `ai-${jurisdiction.toLowerCase()}`,
    {
      subscriptionId: ai.subscriptionId,
      config: ai.jurisdictions[jurisdiction]!,
      logRetentionDays: ai.logRetentionDays,
      subjects,
      natAddresses: pulumi.all(bases.map(({ network }) => network.natAddresses)).apply((addresses) => addresses.flat()),
      tags: dataTags(
        {
          deployment: deployment.name,
          environment: deployment.environment,
          owner: deployment.owner,
          residency: jurisdiction,
        },
        "education-record",
        ai.logRetentionDays,
      ),
    },
    { providers: [azure] },
  );
  return {
    endpoint: openAi.endpoint,
    clientId: openAi.clientId,
    tenantId: openAi.tenantId,
    deployments: openAi.deployments,
  };
}
