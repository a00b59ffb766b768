import assert from "node:assert/strict";
import { StaticSite } from "../../../components/aws/staticSite";
import { edge } from "../../support/platformEdge";
import { find, misplaced, record } from "../../support/recorder";

const make = () =>
  record(
    () =>
      new StaticSite("static", {
        deployment: "pathfinity",
        environment: "production",
        account: "123456789012",
        host: "static.pathfinity.com",
        appHost: "app.pathfinity.com",
        zone: { zoneId: "zone" },
        bucketDomainName: "assets.s3.us-east-1.amazonaws.com",
        logBucketArn: "arn:aws:s3:::logs",
        config: edge.static,
        hsts: edge.tls.hsts,
        logKeyArn: "arn:key",
        tags: { owner: "platform", residency: "US" },
      }),
    (type) => (type === "aws:cloudfront/distribution:Distribution" ? { domainName: "d1.cloudfront.net" } : {}),
  );

describe("the static site", () => {
  it("passes the plan's methods, caches the safe ones, redirects to HTTPS and compresses", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, "aws:cloudfront/distribution:Distribution");
    const behavior = inputs["defaultCacheBehavior"];
    assert.deepEqual(behavior.allowedMethods, ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]);
    assert.deepEqual(behavior.cachedMethods, ["GET", "HEAD", "OPTIONS"]);
    assert.equal(behavior.viewerProtocolPolicy, "redirect-to-https");
    assert.equal(behavior.compress, true);
    assert.equal(inputs["priceClass"], "PriceClass_All");
    assert.deepEqual(inputs["restrictions"], { geoRestriction: { restrictionType: "none" } });
    assert.deepEqual(inputs["aliases"], ["static.pathfinity.com"]);
  });

  it("stores assets a day, a year at most, one copy whatever the cookies", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, "aws:cloudfront/cachePolicy:CachePolicy");
    assert.deepEqual([inputs["defaultTtl"], inputs["maxTtl"]], [86_400, 31_536_000]);
    assert.deepEqual(inputs["parametersInCacheKeyAndForwardedToOrigin"].cookiesConfig, { cookieBehavior: "none" });
  });

  it("reads a private bucket, and signs each request to it", async () => {
    const { resources } = await make();
    const access = find(resources, "aws:cloudfront/originAccessControl:OriginAccessControl");
    assert.equal(access.inputs["signingBehavior"], "always");
    const { inputs } = find(resources, "aws:cloudfront/distribution:Distribution");
    assert.deepEqual(inputs["origins"], [
      {
        originId: "assets",
        domainName: "assets.s3.us-east-1.amazonaws.com",
        originAccessControlId: `${access.name}-id`,
      },
    ]);
  });

  it("speaks TLS 1.2 of 2021 at least, with a valid certificate and its own firewall", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, "aws:cloudfront/distribution:Distribution");
    assert.equal(inputs["viewerCertificate"].minimumProtocolVersion, "TLSv1.2_2021");
    assert.equal(inputs["viewerCertificate"].acmCertificateArn, "arn:static-tls-certificate");
    assert.equal(inputs["webAclId"], "arn:static-waf-acl");
    assert.equal(find(resources, "aws:wafv2/webAcl:WebAcl").inputs["scope"], "CLOUDFRONT");
  });

  it("logs accesses to the bucket, and nothing about who asked: users of every jurisdiction do", async () => {
    const { resources } = await make();
    const source = find(resources, "aws:cloudwatch/logDeliverySource:LogDeliverySource");
    assert.deepEqual(
      [source.inputs["logType"], source.inputs["resourceArn"]],
      ["ACCESS_LOGS", "arn:static-distribution"],
    );
    const destination = find(resources, "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination");
    assert.deepEqual(destination.inputs["deliveryDestinationConfiguration"], {
      destinationResourceArn: "arn:aws:s3:::logs",
    });
    const delivery = find(resources, "aws:cloudwatch/logDelivery:LogDelivery");
    assert.equal(delivery.inputs["deliverySourceName"], source.name);
    assert.equal(delivery.inputs["deliveryDestinationArn"], `arn:${destination.name}`);
    const personal = /^(c-|x-forwarded-for$|cs\(|cs-uri-query$|x-host-header$)/;
    assert.deepEqual(
      delivery.inputs["recordFields"].filter((field: string) => personal.test(field)),
      [],
    );
    assert.ok(delivery.inputs["recordFields"].includes("sc-status"));
    assert.deepEqual(find(resources, "aws:cloudfront/distribution:Distribution").inputs["loggingConfig"], {
      includeCookies: false,
    });
  });

  it("sends security headers, and lets the application's pages and no other use the assets", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy");
    assert.equal(inputs["securityHeadersConfig"].strictTransportSecurity.accessControlMaxAgeSec, 31_536_000);
    assert.deepEqual(inputs["corsConfig"].accessControlAllowOrigins, { items: ["https://app.pathfinity.com"] });
  });

  it("has one path: its record is not proxied", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, "cloudflare:index/dnsRecord:DnsRecord", "static-record");
    assert.deepEqual(
      [inputs["name"], inputs["type"], inputs["content"], inputs["proxied"]],
      ["static.pathfinity.com", "CNAME", "d1.cloudfront.net", false],
    );
    assert.deepEqual(misplaced(resources), []);
  });
});
