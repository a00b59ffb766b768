import * as aws from "@pulumi/aws/provider";
import type * as cloudflare from "@pulumi/cloudflare/provider";
import type * as azure from "@pulumi/azure-native/provider";
import type * as kubernetes from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { kubeconfig } from "../components/internal/kubeconfig";
import type { PlatformOutputs, PlatformRegion } from "./contract/platform";

/**
 * Every provider of the program, explicit: default providers are disabled, because one forgotten region would put a
 * resource, and a student's data, in the wrong place. No provider needs another region than its own, so that a dead
 * region does not stop work on the others.
 */

type Facts = Pick<PlatformOutputs["facts"], "name" | "environment" | "owner" | "account">;
type ClusterAccess = Pick<PlatformRegion["cluster"], "name" | "arn" | "endpoint" | "certificateAuthority">;

/** The providers of one run of the program, each made when it is first asked for: layers of the same stack share them. */
export class Providers {
  private readonly made = new Map<string, pulumi.ProviderResource>();

  /** The AWS provider of one region. */
  public aws(region: string, facts: Facts): aws.Provider {
    return this.once(`aws ${region}`, () => awsProvider(region, facts));
  }

  /** The Kubernetes provider of one region's cluster. */
  public kubernetes(region: string, cluster: ClusterAccess): kubernetes.Provider {
    return this.once(`kubernetes ${region}`, () => kubernetesProvider(region, cluster));
  }

  private once<T extends pulumi.ProviderResource>(key: string, make: () => T): T {
    const provider = (this.made.get(key) as T | undefined) ?? make();
    this.made.set(key, provider);
    return provider;
  }
}

/** The AWS provider of one region. It refuses any account but the deployment's, and tags everything that it makes. */
function awsProvider(region: string, facts: Facts): aws.Provider {
  return new aws.Provider(`aws-${region}`, {
    region: region as aws.ProviderArgs["region"],
    allowedAccountIds: [facts.account],
    defaultTags: {
      tags: { deployment: facts.name, environment: facts.environment, owner: facts.owner, "managed-by": "pulumi" },
    },
  });
}

/** The Kubernetes provider of one region's cluster. Credentials come from the caller's AWS identity. */
function kubernetesProvider(region: string, cluster: ClusterAccess): kubernetes.Provider {
  const { Provider } = require("@pulumi/kubernetes/provider") as typeof import("@pulumi/kubernetes/provider");
  return new Provider(`kubernetes-${region}`, {
    kubeconfig: pulumi
      .all([cluster.name, cluster.endpoint, cluster.certificateAuthority])
      .apply(([name, endpoint, certificateAuthority]) => kubeconfig({ name, endpoint, certificateAuthority, region })),
    // The cluster stays the same when its address or its certificate authority changes: nothing is to be replaced then.
    clusterIdentifier: cluster.arn,
  });
}

/** The Cloudflare provider; its token comes from the environment (CLOUDFLARE_API_TOKEN). */
export function cloudflareProvider(): cloudflare.Provider {
  const { Provider } = require("@pulumi/cloudflare/provider") as typeof import("@pulumi/cloudflare/provider");
  return new Provider("cloudflare", {});
}

/** The Azure provider of one subscription; its credentials come from the environment. */
export function azureProvider(subscriptionId: string): azure.Provider {
  const { Provider } = require("@pulumi/azure-native/provider") as typeof import("@pulumi/azure-native/provider");
  return new Provider("azure", { subscriptionId });
}
