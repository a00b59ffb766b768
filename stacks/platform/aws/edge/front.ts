import type * as pulumi from "@pulumi/pulumi";
import type { DnsZone } from "../../../../components/aws/dnsRecord";
import { GeneratedSecret } from "../../../../components/aws/generatedSecret";
import type { PlatformContext, RegionBase } from "../region";

/** What stands before the load balancers of the regions. */
export interface Front {
  /** Where names are proven and pointed to. */
  zone: DnsZone;
  /** What the registrar has to be told of the zone. */
  delegation: Delegation;
  /** Providers that the zone's records need besides AWS's. */
  providers: pulumi.ProviderResource[];
  /** What proves to the load balancers that a request came through it. Secret. */
  originSecret: pulumi.Output<string>;
  /** Header in which it passes on the user's address; none where it counts addresses itself. */
  clientAddressHeader?: string;
  /** Path that it asks for a region's health; none where it asks nothing. */
  healthPath?: string;
  /** Serves the assets itself; none where CloudFront does, or the pods. */
  assets?: { bucket: pulumi.Output<string> };
  /** Sends users to the load balancers of the regions. */
  open: (origins: Readonly<Record<string, Origin>>) => void;
}

/** What makes a zone the one that the world asks. */
export interface Delegation {
  nameServers: pulumi.Output<string[]>;
  /** None where the zone is not signed. */
  dsRecord?: pulumi.Output<string>;
}

/** The load balancer of a region, as what stands before it sees it. */
export interface Origin {
  dnsName: pulumi.Output<string>;
  /** Name of the record that proves the application's name to ACM: there is one for all certificates of an account. */
  proofName: pulumi.Output<string>;
}

/** The pair of secrets that every front has: what it proves itself with, and what testers prove themselves with to it. */
export function frontSecrets(context: PlatformContext, bases: Readonly<Record<string, RegionBase>>) {
  const base = bases[context.primaryRegion]!;
  return {
    originSecret: secret(context, base, "origin", "Proves to the load balancers that a request came through the edge."),
    testerToken: secret(
      context,
      base,
      "tester",
      "Proves to the edge that a request comes from a tester, who may choose a color.",
    ),
  };
}

function secret({ config }: PlatformContext, base: RegionBase, role: string, description: string) {
  return new GeneratedSecret(
    `secret-${base.region}-${role}`,
    {
      description,
      account: config.deployment.account,
      keyArn: base.dataKey.arn,
      logKeyArn: base.logKey.arn,
      logRetentionDays: config.account.logs.groupDays,
      generation: config.edge.secretGeneration,
      tags: base.tags,
    },
    { providers: [base.provider] },
  ).value;
}

/** Host names of the application. */
export function appHosts({ config: { deployment } }: PlatformContext): string[] {
  return [deployment.hosts.app, ...(deployment.hosts.others ?? [])];
}
