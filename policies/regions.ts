import { JURISDICTIONS } from "./data/regions";
import type { Resource } from "./graph";
import type { Node } from "./node";
import type { Settings } from "./settings";

/**
 * The region that a resource is really in: its own `region` argument (AWS provider 7), else its provider's, else the one
 * in its ARN; an Azure resource's `location`. Undefined where nothing says it (IAM, CloudFront, Cloudflare).
 *
 * @throws Undetermined when what would say it is not known yet.
 */
export function regionOf(resource: Resource): string | undefined {
  if (resource.type.startsWith("azure-native:")) {
    return resource.text("location")?.toLowerCase().replaceAll(" ", "");
  }
  if (!resource.type.startsWith("aws:")) {
    return undefined;
  }
  const own = resource.text("region") ?? resource.provider?.text("region");
  return own ?? (resource.isUnknown("arn") ? undefined : regionOfArn(resource.text("arn")));
}

/** The region in an ARN, `arn:partition:service:region:account:resource`; undefined for what has none, such as S3 and IAM. */
export function regionOfArn(arn: string | undefined): string | undefined {
  const region = arn?.startsWith("arn:") === true ? arn.split(":")[3] : undefined;
  return region === "" ? undefined : region;
}

/** The jurisdiction of a region: as config says, else by the table; undefined when neither knows it. */
export function jurisdictionOf(region: string | undefined, settings: Settings): string | undefined {
  if (region === undefined) {
    return undefined;
  }
  const own = Object.entries(settings.jurisdictions).find(([, regions]) => regions.includes(region));
  if (own !== undefined) {
    return own[0];
  }
  return Object.entries(JURISDICTIONS).find(
    ([, { prefixes, locations }]) =>
      locations.includes(region) || prefixes.some((prefix) => region.startsWith(prefix) && region.includes("-")),
  )?.[0];
}

/** The tags of an AWS or Azure resource, with the default tags of its provider. @throws Undetermined when not known. */
export function tagsOf(resource: Resource): Record<string, string> {
  const defaults = resource.provider?.json("defaultTags");
  return { ...texts(defaults, "tags"), ...texts(resource, "tags") };
}

function texts(node: Node | undefined, path: string): Record<string, string> {
  const keys = node?.keys(path) ?? [];
  return Object.fromEntries(keys.map((key) => [key, node!.text(`${path}["${key.replaceAll('"', '\\"')}"]`) ?? ""]));
}
