import * as cloudfront from "@pulumi/aws/cloudfront";
import * as pulumi from "@pulumi/pulumi";
import type { StaticSiteConfig, TlsConfig } from "../../stacks/config/edge";
import { Certificate } from "./certificate";
import { CLOUDFRONT_REGION, METHODS, distributionLogs, transportHeaders, viewerSettings } from "./distribution";
import { canonicalName, type DnsZone } from "./dnsRecord";
import { WebAcl } from "./webAcl";

const TOKEN = "cutover:aws:StaticSite";

const CACHED_METHODS = ["GET", "HEAD", "OPTIONS"];

export interface StaticSiteArgs {
  deployment: string;
  environment: string;
  account: string;
  /** Host name of the assets. */
  host: string;
  /** Host name of the application, whose pages may load fonts and modules from here. */
  appHost: string;
  /** The zone that gets the host name's record. */
  zone: DnsZone;
  /** Name of the private bucket of the assets in its region. Its policy lets the distribution read: `AssetsPolicy`. */
  bucketDomainName: pulumi.Input<string>;
  /** Bucket of the access logs; its policy lets CloudWatch Logs deliver. */
  logBucketArn: pulumi.Input<string>;
  config: StaticSiteConfig;
  hsts: TlsConfig["hsts"];
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
 * there. Needs an AWS provider of us-east-1, and a Cloudflare provider where the zone is there.
 *
 * Cost: by traffic; about 7 dollars a month for the web ACL.
 */
export class StaticSite extends pulumi.ComponentResource {
  public readonly distributionId: pulumi.Output<string>;
  public readonly distributionArn: pulumi.Output<string>;

  constructor(name: string, args: StaticSiteArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const certificate = new Certificate(`${name}-tls`, { domainName: args.host, proof: args.zone }, { parent: this });
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
    distributionLogs(name, { distributionArn: distribution.arn, logBucketArn: args.logBucketArn }, { parent: this });
    canonicalName(
      `${name}-record`,
      args.zone,
      {
        name: args.host,
        content: distribution.domainName,
        ttl: args.config.dnsTtlSeconds,
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
        ...viewerSettings({
          host: args.host,
          priceClass: args.config.priceClass,
          certificateArn,
          webAclArn,
          minVersion: "1.2",
        }),
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
          allowedMethods: METHODS,
          cachedMethods: CACHED_METHODS,
          compress: true,
          cachePolicyId: this.cachePolicy(name, args.config).id,
          responseHeadersPolicyId: this.responseHeaders(name, args).id,
        },
      },
      { parent: this },
    );
  }

  /** Cookies, headers and query strings neither reach the bucket nor make another copy of an asset. */
  private cachePolicy(name: string, config: StaticSiteConfig): cloudfront.CachePolicy {
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
          ...transportHeaders(hsts),
          frameOptions: { frameOption: "DENY", override: true },
          referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
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
}
