import * as cloudfront from "@pulumi/aws/cloudfront";
import { Record as Route53Record } from "@pulumi/aws/route53/record";
import * as pulumi from "@pulumi/pulumi";
import type { DistributionConfig, TlsConfig } from "../../stacks/config/edge";
import { JURISDICTION_HEADER, ORIGIN_HEADER, TOKEN_HEADER } from "../internal/headers";
import { Certificate } from "./certificate";
import { CLOUDFRONT_REGION, METHODS, distributionLogs, transportHeaders, viewerSettings } from "./distribution";
import { WebAcl } from "./webAcl";

const TOKEN = "cutover:aws:AppDistribution";

/**
 * The errors that CloudFront keeps.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
const ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
/**
 * CloudFront's own policy that stores nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
const CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
/** How long CloudFront keeps an idle connection to the load balancer, seconds: less than the load balancer does. */
const KEEPALIVE_SECONDS = 30;

export interface AppDistributionArgs {
  deployment: string;
  environment: string;
  account: string;
  /** Host name of the application. */
  host: string;
  hostedZoneId: pulumi.Input<string>;
  /** Name of the record that proves the host to ACM, which the load balancer's certificate made. */
  proofName: pulumi.Input<string>;
  /** DNS name of the region's load balancer. */
  originHost: pulumi.Input<string>;
  /** The legal area of the region behind it: all users are served there. */
  jurisdiction: string;
  /** How long an answer of the application may take, seconds. */
  originTimeoutSeconds: number;
  /** What proves to the load balancer that a request came through the edge. Secret. */
  originSecret: pulumi.Input<string>;
  /** What proves that a request comes from a tester, who may name a color. Secret. */
  testerToken: pulumi.Input<string>;
  config: DistributionConfig;
  tls: TlsConfig;
  /** Bucket of the access logs; its policy lets CloudWatch Logs deliver. */
  logBucketArn: pulumi.Input<string>;
  /** Key of the firewall's log group, of us-east-1. */
  logKeyArn: pulumi.Input<string>;
  /** Tags of the firewall's log: owner, residency. */
  tags: Record<string, string>;
}

/**
 * CloudFront on the application's own name, before the load balancer of one region. Creates the distribution, its
 * certificate, firewall, policies and access log, and the name's records. Needs an AWS provider of us-east-1.
 *
 * It stores nothing and passes everything on: method, query, cookies, and every header but the testers' token, which ends
 * here. It sets what the load balancer trusts over what a request carried: that it came through the edge, and the legal
 * area. The firewall refuses a request that names a color without the token; a firewall cannot take a header away.
 *
 * Cost: by traffic and requests; about 8 dollars a month for the firewall.
 */
export class AppDistribution extends pulumi.ComponentResource {
  public readonly distributionId: pulumi.Output<string>;

  constructor(name: string, args: AppDistributionArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const certificate = new Certificate(
      `${name}-tls`,
      { domainName: args.host, proof: { recordName: args.proofName } },
      { parent: this },
    );
    const acl = new WebAcl(
      `${name}-waf`,
      {
        scope: "CLOUDFRONT",
        config: args.config.webAcl,
        testerToken: args.testerToken,
        region: CLOUDFRONT_REGION,
        account: args.account,
        logGroupName: `aws-waf-logs-${args.deployment}-${args.environment}-app`,
        logKeyArn: args.logKeyArn,
        tags: args.tags,
      },
      { parent: this },
    );
    const distribution = this.distribution(name, args, certificate.arn, acl.arn);
    distributionLogs(name, { distributionArn: distribution.arn, logBucketArn: args.logBucketArn }, { parent: this });
    for (const type of ["A", "AAAA"] as const) {
      new Route53Record(
        `${name}-${type.toLowerCase()}`,
        {
          zoneId: args.hostedZoneId,
          name: args.host,
          type,
          aliases: [{ name: distribution.domainName, zoneId: distribution.hostedZoneId, evaluateTargetHealth: false }],
        },
        { parent: this },
      );
    }

    this.distributionId = distribution.id;
    this.registerOutputs({ distributionId: this.distributionId });
  }

  private distribution(
    name: string,
    args: AppDistributionArgs,
    certificateArn: pulumi.Input<string>,
    webAclArn: pulumi.Input<string>,
  ): cloudfront.Distribution {
    return new cloudfront.Distribution(
      `${name}-distribution`,
      {
        comment: "The application, which colors answer.",
        ...viewerSettings({
          host: args.host,
          priceClass: args.config.priceClass,
          certificateArn,
          webAclArn,
          minVersion: args.tls.minVersion,
        }),
        origins: [
          {
            originId: "app",
            domainName: args.originHost,
            // The viewer's host name is passed on, so that the load balancer's certificate is checked against it.
            customOriginConfig: {
              httpPort: 80,
              httpsPort: 443,
              originProtocolPolicy: "https-only",
              originSslProtocols: ["TLSv1.2"],
              originReadTimeout: args.originTimeoutSeconds,
              originKeepaliveTimeout: KEEPALIVE_SECONDS,
            },
            customHeaders: [
              { name: ORIGIN_HEADER, value: pulumi.secret(args.originSecret) },
              { name: JURISDICTION_HEADER, value: args.jurisdiction },
            ],
          },
        ],
        defaultCacheBehavior: {
          targetOriginId: "app",
          viewerProtocolPolicy: "redirect-to-https",
          allowedMethods: METHODS,
          cachedMethods: ["GET", "HEAD"],
          compress: true,
          cachePolicyId: CACHING_DISABLED,
          originRequestPolicyId: this.passedOn(name).id,
          responseHeadersPolicyId: this.responseHeaders(name, args.tls.hsts).id,
        },
        // Errors would be kept for 10 s whatever the cache policy and the origin say: one color's, and one pupil's, for all.
        customErrorResponses: ERRORS.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
      },
      // The provider echoes the origins, and with them the secret value of a header.
      { parent: this, additionalSecretOutputs: ["origins"] },
    );
  }

  private passedOn(name: string): cloudfront.OriginRequestPolicy {
    return new cloudfront.OriginRequestPolicy(
      `${name}-passed-on`,
      {
        comment: "Everything that a request carries but the token of testers.",
        cookiesConfig: { cookieBehavior: "all" },
        headersConfig: { headerBehavior: "allExcept", headers: { items: [TOKEN_HEADER] } },
        queryStringsConfig: { queryStringBehavior: "all" },
      },
      { parent: this },
    );
  }

  /** What a browser has to know before the first answer; the other headers are the application's own. */
  private responseHeaders(name: string, hsts: TlsConfig["hsts"]): cloudfront.ResponseHeadersPolicy {
    return new cloudfront.ResponseHeadersPolicy(
      `${name}-headers`,
      {
        comment: "HTTPS only, from now on.",
        securityHeadersConfig: transportHeaders(hsts),
      },
      { parent: this },
    );
  }
}
