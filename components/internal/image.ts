const ECR_HOST = /^(\d{12}\.dkr\.ecr\.)[a-z0-9-]+(\.amazonaws\.com\/)/;

/**
 * The same image in the registry of the region that runs it. An image in Amazon ECR is pulled from its own region, where
 * the registry's replication put it: Lambda takes no other, and pods can start while another region is down. The digest
 * does not change. Images of other registries stay as they are. Pure.
 */
export function regionalImage(image: string, region: string): string {
  return image.replace(ECR_HOST, `$1${region}$2`);
}

/** The first eight hex digits of an image's digest: enough to tell the builds of one version apart. */
export function shortDigest(image: string): string {
  const [, digest] = image.split("@sha256:");
  if (digest === undefined) {
    throw new RangeError(
      `image ${image} has no digest; an image by digest is allowed: registry/name@sha256:<64 hex digits>`,
    );
  }
  return digest.slice(0, 8);
}
