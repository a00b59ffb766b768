import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as cloudfront from "@pulumi/aws/cloudfront";
import type * as pulumi from "@pulumi/pulumi";
import type { DistributionConfig, TlsConfig } from "../../stacks/config/edge";

/** The region that CloudFront's certificates, web ACLs and log deliveries live in. */
export const CLOUDFRONT_REGION = "us-east-1";

/** What a distribution calls the oldest version of TLS that it speaks with viewers, with forward secrecy. */
const VIEWER_TLS = { "1.2": "TLSv1.2_2021", "1.3": "TLSv1.3_2025" } as const;

/** Every method: what an origin does not want, it refuses. */
export const METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];

/** What viewers meet at every distribution: its name, over TLS only, behind its firewall, from any country. */
export function viewerSettings(args: {
  host: string;
  priceClass: DistributionConfig["priceClass"];
  certificateArn: pulumi.Input<string>;
  webAclArn: pulumi.Input<string>;
  /** The oldest version of TLS that is spoken. */
  minVersion: TlsConfig["minVersion"];
}) {
  return {
    enabled: true,
    aliases: [args.host],
    httpVersion: "http2and3",
    isIpv6Enabled: true,
    priceClass: args.priceClass,
    webAclId: args.webAclArn,
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: {
      acmCertificateArn: args.certificateArn,
      sslSupportMethod: "sni-only",
      minimumProtocolVersion: VIEWER_TLS[args.minVersion],
    },
    // The access log is that of `distributionLogs`.
    loggingConfig: { includeCookies: false },
  } satisfies Partial<cloudfront.DistributionArgs>;
}

/** Headers that every answer has: no guessing of types, and HTTPS only from now on. */
export function transportHeaders({ maxAgeSeconds, includeSubdomains, preload }: TlsConfig["hsts"]) {
  return {
    contentTypeOptions: { override: true },
    strictTransportSecurity: {
      accessControlMaxAgeSec: maxAgeSeconds,
      includeSubdomains,
      preload,
      override: true,
    },
  };
}

/**
 * What the access log says of a request. Users of every jurisdiction come here and the log stays in one, so that it
 * holds nothing about a user: no address, cookie, referrer, user agent or query.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */
const LOG_FIELDS = [
  "date",
  "time",
  "x-edge-location",
  "cs-method",
  "cs-uri-stem",
  "cs-protocol",
  "cs-protocol-version",
  "cs-bytes",
  "sc-status",
  "sc-bytes",
  "sc-content-type",
  "ssl-protocol",
  "ssl-cipher",
  "time-taken",
  "time-to-first-byte",
  "x-edge-result-type",
  "x-edge-detailed-result-type",
  "x-edge-request-id",
];

/** The access log of a distribution: standard logging, version 2, because the older one needs a bucket with access control lists. */
export function distributionLogs(
  name: string,
  args: { distributionArn: pulumi.Input<string>; logBucketArn: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): void {
  const source = new cloudwatch.LogDeliverySource(
    `${name}-log-source`,
    { logType: "ACCESS_LOGS", resourceArn: args.distributionArn },
    opts,
  );
  const destination = new cloudwatch.LogDeliveryDestination(
    `${name}-log-bucket`,
    { outputFormat: "json", deliveryDestinationConfiguration: { destinationResourceArn: args.logBucketArn } },
    opts,
  );
  new cloudwatch.LogDelivery(
    `${name}-log-delivery`,
    {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      recordFields: LOG_FIELDS,
      s3DeliveryConfigurations: [
        { enableHiveCompatiblePath: false, suffixPath: "{DistributionId}/{yyyy}/{MM}/{dd}/{HH}" },
      ],
    },
    opts,
  );
}
