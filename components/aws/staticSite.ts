import * as cloudfront from "@pulumi/aws/cloudfront";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { DnsRecord } from "@pulumi/cloudflare/dnsRecord";
import * as pulumi from "@pulumi/pulumi";
import type { EdgeConfig } from "../../stacks/config/edge";
import { Certificate } from "./certificate";
import { WebAcl } from "./webAcl";

const TOKEN = "cutover:aws:StaticSite";

/** The region that CloudFront's certificates, web ACLs and log deliveries live in. */
const CLOUDFRONT_REGION = "us-east-1";
const ALLOWED_METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];
const CACHED_METHODS = ["GET", "HEAD", "OPTIONS"];
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

export interface StaticSiteArgs {
  deployment: string;
  environment: string;
  account: string;
  /** Host name of the assets. */
  host: string;
  /** Host name of the application, whose pages may load fonts and modules from here. */
  appHost: string;
  /** The zone on Cloudflare that gets the host name's record. */
  zoneId: pulumi.Input<string>;
  /** Name of the private bucket of the assets in its region. Its policy lets the distribution read: `AssetsPolicy`. */
  bucketDomainName: pulumi.Input<string>;
  /** Bucket of the access logs; its policy lets CloudWatch Logs deliver. */
  logBucketArn: pulumi.Input<string>;
  config: EdgeConfig["static"];
  hsts: EdgeConfig["tls"]["hsts"];
  /** Key of the firewall's log group, of us-east-1. */
  logKeyArn: pulumi.Input<string>;
  /** Tags of the firewall's log: owner, residency. */
  tags: Record<string, string>;
}

/**
 * Content-hashed assets of both colors, from a private bucket, by CloudFront. Creates the distribution, its
 * certificate, web ACL, policies and access log, and the DNS record, which is not proxied: one path for a host name.
 *
 * The distribution passes every method, as the plan asks; the bucket lets it read only, so that a write is refused
 * there. Needs an AWS provider of us-east-1 and a Cloudflare provider.
 *
 * Cost: by traffic; about 7 dollars a month for the web ACL.
 */
export class StaticSite extends pulumi.ComponentResource {
  public readonly distributionId: pulumi.Output<string>;
  public readonly distributionArn: pulumi.Output<string>;

  constructor(name: string, args: StaticSiteArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const certificate = new Certificate(
      `${name}-tls`,
      { domainName: args.host, proof: { zoneId: args.zoneId } },
      { parent: this },
    );
    const acl = new WebAcl(
      `${name}-waf`,
      {
        scope: "CLOUDFRONT",
        config: args.config.webAcl,
        region: CLOUDFRONT_REGION,
        account: args.account,
        logGroupName: `aws-waf-logs-${args.deployment}-${args.environment}-static`,
        logKeyArn: args.logKeyArn,
        tags: args.tags,
      },
      { parent: this },
    );
    const distribution = this.distribution(name, args, certificate.arn, acl.arn);
    this.accessLogs(name, args, distribution);
    new DnsRecord(
      `${name}-record`,
      {
        zoneId: args.zoneId,
        name: args.host,
        type: "CNAME",
        content: distribution.domainName,
        ttl: args.config.dnsTtlSeconds,
        proxied: false,
        comment: "Content-hashed assets, served by CloudFront.",
      },
      { parent: this },
    );

    this.distributionId = distribution.id;
    this.distributionArn = distribution.arn;
    this.registerOutputs({ distributionId: this.distributionId, distributionArn: this.distributionArn });
  }

  private distribution(
    name: string,
    args: StaticSiteArgs,
    certificateArn: pulumi.Input<string>,
    webAclArn: pulumi.Input<string>,
  ): cloudfront.Distribution {
    const access = new cloudfront.OriginAccessControl(
      `${name}-access`,
      {
        description: "Reads the private bucket of the assets.",
        originAccessControlOriginType: "s3",
        signingBehavior: "always",
        signingProtocol: "sigv4",
      },
      { parent: this },
    );
    return new cloudfront.Distribution(
      `${name}-distribution`,
      {
        comment: "Content-hashed assets of both colors.",
        enabled: true,
        aliases: [args.host],
        httpVersion: "http2and3",
        isIpv6Enabled: true,
        priceClass: args.config.priceClass,
        webAclId: webAclArn,
        origins: [
          {
            originId: "assets",
            domainName: args.bucketDomainName,
            originAccessControlId: access.id,
          },
        ],
        defaultCacheBehavior: {
          targetOriginId: "assets",
          viewerProtocolPolicy: "redirect-to-https",
          allowedMethods: ALLOWED_METHODS,
          cachedMethods: CACHED_METHODS,
          compress: true,
          cachePolicyId: this.cachePolicy(name, args.config).id,
          responseHeadersPolicyId: this.responseHeaders(name, args).id,
        },
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: {
          acmCertificateArn: certificateArn,
          sslSupportMethod: "sni-only",
          minimumProtocolVersion: "TLSv1.2_2021",
        },
        loggingConfig: { includeCookies: false },
      },
      { parent: this },
    );
  }

  /** Cookies, headers and query strings neither reach the bucket nor make another copy of an asset. */
  private cachePolicy(name: string, config: EdgeConfig["static"]): cloudfront.CachePolicy {
    return new cloudfront.CachePolicy(
      `${name}-cache`,
      {
        comment: "Content-hashed assets: a new content has a new name.",
        minTtl: 0,
        defaultTtl: config.defaultTtlSeconds,
        maxTtl: config.maxTtlSeconds,
        parametersInCacheKeyAndForwardedToOrigin: {
          cookiesConfig: { cookieBehavior: "none" },
          headersConfig: { headerBehavior: "none" },
          queryStringsConfig: { queryStringBehavior: "none" },
          enableAcceptEncodingBrotli: true,
          enableAcceptEncodingGzip: true,
        },
      },
      { parent: this },
    );
  }

  private responseHeaders(name: string, { appHost, hsts }: StaticSiteArgs): cloudfront.ResponseHeadersPolicy {
    return new cloudfront.ResponseHeadersPolicy(
      `${name}-headers`,
      {
        comment: "Security headers of every asset; the application's pages may use them.",
        securityHeadersConfig: {
          contentTypeOptions: { override: true },
          frameOptions: { frameOption: "DENY", override: true },
          referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
          strictTransportSecurity: {
            accessControlMaxAgeSec: hsts.maxAgeSeconds,
            includeSubdomains: hsts.includeSubdomains,
            preload: hsts.preload,
            override: true,
          },
        },
        corsConfig: {
          accessControlAllowCredentials: false,
          accessControlAllowHeaders: { items: ["*"] },
          accessControlAllowMethods: { items: ["GET", "HEAD", "OPTIONS"] },
          accessControlAllowOrigins: { items: [`https://${appHost}`] },
          originOverride: true,
        },
      },
      { parent: this },
    );
  }

  /** Standard logging, version 2: the older one needs a bucket with access control lists. */
  private accessLogs(name: string, args: StaticSiteArgs, distribution: cloudfront.Distribution): void {
    const source = new cloudwatch.LogDeliverySource(
      `${name}-log-source`,
      { logType: "ACCESS_LOGS", resourceArn: distribution.arn },
      { parent: this },
    );
    const destination = new cloudwatch.LogDeliveryDestination(
      `${name}-log-bucket`,
      {
        outputFormat: "json",
        deliveryDestinationConfiguration: { destinationResourceArn: args.logBucketArn },
      },
      { parent: this },
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
      { parent: this },
    );
  }
}
