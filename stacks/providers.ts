import type * as aws from "@pulumi/aws/provider";
import type * as cloudflare from "@pulumi/cloudflare/provider";
import type * as azure from "@pulumi/azure-native/provider";
import type * as kubernetes from "@pulumi/kubernetes/provider";
import type * as random from "@pulumi/random/provider";
import * as pulumi from "@pulumi/pulumi";
import { aksKubeconfig, eksKubeconfig } from "../components/internal/kubeconfig";
import { clusterId } from "../components/internal/names";
import type { AwsPlatformOutputs, AwsPlatformRegion } from "./contract/platform/aws";
import type { AzurePlatformOutputs, AzurePlatformRegion } from "./contract/platform/azure";
import type { KubernetesPlatformRegion } from "./contract/platform/kubernetes";

/**
 * Every provider of the program, explicit: default providers are disabled, because one forgotten region would put a
 * resource, and a student's data, in the wrong place. No provider needs another region than its own, so that a dead
 * region does not stop work on the others.
 */

type Facts = Pick<AwsPlatformOutputs["facts"], "name" | "environment" | "owner" | "account">;
type ClusterAccess = Pick<AwsPlatformRegion["cluster"], "name" | "arn" | "endpoint" | "certificateAuthority">;
type AksAccess = Pick<AzurePlatformRegion["cluster"], "name" | "endpoint" | "certificateAuthority"> &
  Pick<AzurePlatformOutputs["facts"], "tenantId">;

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

  /** The Azure provider of one subscription. */
  public azure(subscriptionId: string): azure.Provider {
    return this.once(`azure ${subscriptionId}`, () => azureProvider(subscriptionId));
  }

  /** The Kubernetes provider of one region's AKS cluster. */
  public aks(region: string, cluster: AksAccess): kubernetes.Provider {
    return this.once(`kubernetes ${region}`, () => aksProvider(region, cluster));
  }

  /** The Kubernetes provider of one region's cluster that is there already. */
  public cluster(region: string, cluster: KubernetesPlatformRegion["cluster"]): kubernetes.Provider {
    return this.once(`kubernetes ${region}`, () => clusterProvider(region, cluster));
  }

  /** The provider of what is drawn at random, and kept in the state. */
  public random(): random.Provider {
    return this.once("random", () => {
      const { Provider } = require("@pulumi/random/provider") as typeof import("@pulumi/random/provider");
      return new Provider("random", {});
    });
  }

  private once<T extends pulumi.ProviderResource>(key: string, make: () => T): T {
    const provider = (this.made.get(key) as T | undefined) ?? make();
    this.made.set(key, provider);
    return provider;
  }
}

/** The AWS provider of one region. It refuses any account but the deployment's, and tags everything that it makes. */
function awsProvider(region: string, facts: Facts): aws.Provider {
  const { Provider } = require("@pulumi/aws/provider") as typeof import("@pulumi/aws/provider");
  return new Provider(`aws-${region}`, {
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
      .apply(([name, endpoint, certificateAuthority]) =>
        eksKubeconfig({ name, endpoint, certificateAuthority, region }),
      ),
    // The cluster stays the same when its address or its certificate authority changes: nothing is to be replaced then.
    clusterIdentifier: cluster.arn,
  });
}

/** The Kubernetes provider of one region's AKS cluster. Credentials come from the caller's Azure identity, by kubelogin. */
function aksProvider(region: string, { tenantId, ...cluster }: AksAccess): kubernetes.Provider {
  const { Provider } = require("@pulumi/kubernetes/provider") as typeof import("@pulumi/kubernetes/provider");
  return new Provider(`kubernetes-${region}`, {
    kubeconfig: pulumi
      .all([cluster.name, cluster.endpoint, cluster.certificateAuthority])
      .apply(([name, endpoint, certificateAuthority]) =>
        aksKubeconfig({ name, endpoint, certificateAuthority, tenantId }),
      ),
    // The cluster stays the same when its address or its certificate authority changes: nothing is to be replaced then.
    // Its id in Azure does not say where it is.
    clusterIdentifier: pulumi.output(cluster.name).apply((known) => clusterId(region, known)),
  });
}

/**
 * The Kubernetes provider of a cluster that is there already. Address and credentials are those of a context of the caller's
 * kubeconfig (KUBECONFIG): none of it is in the state.
 */
function clusterProvider(region: string, { name, context }: KubernetesPlatformRegion["cluster"]): kubernetes.Provider {
  const { Provider } = require("@pulumi/kubernetes/provider") as typeof import("@pulumi/kubernetes/provider");
  return new Provider(`kubernetes-${region}`, {
    context,
    // The cluster stays the same when its context is called otherwise: nothing is to be replaced then.
    clusterIdentifier: pulumi.output(name).apply((known) => clusterId(region, known)),
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
