import * as pulumi from "@pulumi/pulumi";
import type { AzureAiConfig } from "../../stacks/config/azure/ai";
import type { AzureObservabilityConfig } from "../../stacks/config/azure/observability";
import { dataTags } from "../aws/dataTags";
import { after } from "../internal/after";
import { aiAccount, aiDeployments } from "./aiAccount";
import { diagnostics } from "./diagnostics";
import { metricAlert, type MetricAlertArgs } from "./metricAlert";
import type { Place, Watch } from "./place";
import { PrivateLink } from "./privateLink";

const TOKEN = "cutover:azure:PrivateAi";
const NAMESPACE = "Microsoft.CognitiveServices/accounts";

/** Failed answers of the service, not of who asks: 429 is the quota's, and a sign to fall back, too. */
const FAILURES = ["429", "500", "502", "503", "504"];
/** Failures in five minutes at which the service counts as gone. */
const FAILURES_IN_FIVE_MINUTES = 50;

export interface PrivateAiArgs extends Place, Watch {
  config: AzureAiConfig["primary"];
  thresholds: AzureObservabilityConfig["thresholds"];
  /** Where its private address is; the network's region, whatever the account's own is. */
  network: { location: string; subnetId: pulumi.Input<string>; zoneId: pulumi.Input<string> };
  /** Days that its logs are kept. */
  logRetentionDays: number;
}

/**
 * An Azure OpenAI account that only the network reaches, with its deployments, its logs (who called what, no prompts)
 * and its alerts. It stores nothing: no files, no models of its own, no completions.
 *
 * Cost: by tokens. Failure: a deployment has a quota; above it, it answers 429. The other account has another quota.
 *
 * @stateful
 */
export class PrivateAi extends pulumi.ComponentResource {
  /** Address; inside the network only. Known once it resolves and the deployments are there. */
  public readonly endpoint: pulumi.Output<string>;
  public readonly accountId: pulumi.Output<string>;

  constructor(name: string, args: PrivateAiArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, location, config, network } = args;
    const tags = dataTags(args.tags, "education-record", args.logRetentionDays);

    const account = aiAccount(`${name}-account`, { resourceGroupName, location, tags }, config, "private", {
      parent: this,
    });
    const deployments = aiDeployments(name, { resourceGroupName, accountName: account.name }, config.deployments, {
      parent: this,
    });
    const link = new PrivateLink(
      `${name}-link`,
      {
        resourceGroupName,
        location: network.location,
        tags: args.tags,
        subnetId: network.subnetId,
        zoneId: network.zoneId,
        resourceId: account.id,
        group: "account",
      },
      // Azure refuses an endpoint while deployments change.
      { parent: this, dependsOn: deployments },
    );
    diagnostics(`${name}-diagnostics`, { resourceUri: account.id, workspaceId: args.workspaceId }, { parent: this });
    for (const [key, alert] of Object.entries(alerts(args))) {
      metricAlert(
        `${name}-${key}`,
        {
          ...alert,
          resourceGroupName,
          tags: args.tags,
          scope: account.id,
          namespace: NAMESPACE,
          when: "above",
          minutes: 5,
          listeners: args.listeners,
        },
        { parent: this },
      );
    }

    this.endpoint = after(
      account.properties.apply(({ endpoint }) => endpoint),
      link.endpointId,
    );
    this.accountId = account.id;
    this.registerOutputs({ endpoint: this.endpoint, accountId: this.accountId });
  }
}

type Alert = Pick<MetricAlertArgs, "description" | "metric" | "statistic" | "threshold" | "to" | "dimensions">;

function alerts({ config, thresholds }: PrivateAiArgs): Record<string, Alert> {
  return {
    failures: {
      description: `The AI service ${config.subdomain} fails or refuses: more than ${FAILURES_IN_FIVE_MINUTES} answers in 5 minutes.`,
      metric: "AzureOpenAIRequests",
      dimensions: { StatusCode: FAILURES },
      statistic: "Total",
      threshold: FAILURES_IN_FIVE_MINUTES,
      to: "critical",
    },
    slow: {
      description: `The AI service ${config.subdomain} answers in more than ${thresholds.aiSeconds} seconds.`,
      // The time of the whole answer. The time to its first part is not measured for Standard deployments.
      metric: "AzureOpenAITTLTInMS",
      statistic: "Average",
      threshold: thresholds.aiSeconds * 1_000,
      to: "warning",
    },
  };
}
