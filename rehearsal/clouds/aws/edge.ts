import type { Json } from "../../../rollout/engine";
import { text } from "../../../pulumi/json";
import { CloudError } from "../../engine/cloud";
import { invent } from "../invent";
import type { Context } from "../context";
import type { Model, Models, Value } from "../model";

const CLOUDFRONT = "arn:aws:cloudfront::{account}";
/** The zone of every CloudFront distribution. @see https://docs.aws.amazon.com/general/latest/gr/cf_region.html */
const CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";

function policy(kind: string): Model {
  return {
    id: "{uuid}",
    scope: "account",
    name: { max: 128, taken: "PolicyAlreadyExists: A policy with the same name already exists: {name}" },
    outputs: { arn: `${CLOUDFRONT}:${kind}/{id}` },
    derived: { etag },
  };
}

/** Each change gives a new tag; it is that of the first version until then. */
function etag({ outputs, request }: Context): string {
  return `E${invent("ALNUM", 12, `${request.urn}\0${text(outputs.etag)}`)}`;
}

/** WAF names the scope of CloudFront `global`. */
function firewall(kind: string, outputs: Record<string, Value>): Model {
  const arn = (context: Context) =>
    context.fill(
      `arn:aws:wafv2:{region}:{account}:${context.text("scope") === "CLOUDFRONT" ? "global" : "regional"}/${kind}/{name}/{id}`,
      "arn",
    );
  return {
    id: "{uuid}",
    tagged: true,
    name: {
      max: 128,
      pattern: /^[\w-]+$/,
      taken:
        "WAFDuplicateItemException: AWS WAF couldn't perform the operation because some resource in your request is a duplicate of an existing one: {name}",
    },
    outputs: { arn, ...outputs },
    derived: { lockToken: (context) => etag(context).toLowerCase() },
  };
}

/** What stands before the load balancers: names, certificates, CloudFront, WAF. */
export const edge: Models = {
  "aws:acm/certificate:Certificate": {
    id: "arn:aws:acm:{region}:{account}:certificate/{uuid}",
    tagged: true,
    outputs: {
      arn: "{id}",
      domainValidationOptions: validationOptions,
      subjectAlternativeNames: (context) => [context.text("domainName")],
      status: "PENDING_VALIDATION",
      type: "AMAZON_ISSUED",
      notAfter: "",
      notBefore: "",
      pendingRenewal: false,
      renewalEligibility: "INELIGIBLE",
      renewalSummaries: [],
      validationEmails: [],
    },
  },
  "aws:acm/certificateValidation:CertificateValidation": { id: "2026-01-01 00:00:00.{digits:6} +0000 UTC" },
  "aws:cloudfront/distribution:Distribution": {
    id: "E{ALNUM:13}",
    scope: "account",
    tagged: true,
    outputs: {
      arn: `${CLOUDFRONT}:distribution/{id}`,
      domainName: "d{alnum:13}.cloudfront.net",
      hostedZoneId: CLOUDFRONT_ZONE,
      callerReference: "terraform-{digits:20}",
      status: "Deployed",
      inProgressValidationBatches: 0,
      loggingV1Enabled: false,
      trustedKeyGroups: [],
      trustedSigners: [],
    },
    derived: { etag, lastModifiedTime: "{now}" },
  },
  "aws:cloudfront/originAccessControl:OriginAccessControl": {
    id: "E{ALNUM:13}",
    scope: "account",
    name: {
      max: 64,
      taken: "OriginAccessControlAlreadyExists: An origin access control with the same name already exists: {name}",
    },
    outputs: { arn: `${CLOUDFRONT}:origin-access-control/{id}` },
    derived: { etag },
  },
  "aws:cloudfront/cachePolicy:CachePolicy": policy("cache-policy"),
  "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": policy("origin-request-policy"),
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": policy("response-headers-policy"),
  "aws:route53/zone:Zone": {
    id: "Z{ALNUM:20}",
    scope: "account",
    tagged: true,
    outputs: {
      arn: "arn:aws:route53:::hostedzone/{id}",
      zoneId: "{id}",
      nameServers: (context) =>
        ["com", "net", "org", "co.uk"].map((end) => context.fill(`ns-{digits:3}.awsdns-{digits:2}.${end}`, end)),
      primaryNameServer: (context) => context.fill("ns-{digits:3}.awsdns-{digits:2}.com", "com"),
    },
  },
  "aws:route53/record:Record": {
    id: "{zoneId}_{name}_{type}",
    scope: "account",
    outputs: { fqdn: "{name}" },
    checks: [recordIsNew],
  },
  "aws:wafv2/webAcl:WebAcl": firewall("webacl", {
    applicationIntegrationUrl: "",
    capacity: ({ inputs }) => (Array.isArray(inputs.rules) ? inputs.rules.length : 0),
  }),
  "aws:wafv2/webAclAssociation:WebAclAssociation": { id: "{webAclArn},{resourceArn}" },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": { id: "{resourceArn}" },
};

/** A record for each domain that proves who owns it; a wildcard is proved by the record of its domain. */
/** ACM asks for the same record whenever an account has a certificate for the name. */
function validationOptions(context: Context): Json {
  const account = text(context.get("account"));
  const names = [context.text("domainName"), ...context.texts("subjectAlternativeNames")];
  return [...new Set(names)].map((domainName) => {
    const domain = domainName.replace(/^\*\./, "");
    const once = (alphabet: "hex" | "alnum", length: number, what: string) =>
      invent(alphabet, length, `${account} ${domain} ${what}`);
    return {
      domainName,
      resourceRecordName: `_${once("hex", 32, "name")}.${domain}.`,
      resourceRecordType: "CNAME",
      resourceRecordValue: `_${once("hex", 32, "value")}.${once("alnum", 10, "value")}.acm-validations.aws.`,
    };
  });
}

/** Refuses a second record of a name and type: Pulumi's records are created, and replace none. */
function recordIsNew(context: Context): void {
  const { type, urn } = context.request;
  const taken = [...context.world.things(type)].find(
    (thing) =>
      thing.urn !== urn && ["zoneId", "name", "type"].every((key) => thing.properties[key] === context.get(key)),
  );
  if (taken !== undefined) {
    const [name, kind] = [text(context.get("name")), text(context.get("type"))];
    throw new CloudError(
      `InvalidChangeBatch: Tried to create resource record set [name='${name}', type='${kind}'] but it already exists (${taken.urn ?? taken.id})`,
    );
  }
}
