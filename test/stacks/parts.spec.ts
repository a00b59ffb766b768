import assert from "node:assert/strict";
import { createRehearsal, type Rehearsal } from "../../rehearsal";
import { clouds } from "../../rehearsal/clouds";
import type { Json, Step } from "../../rollout/engine";
import { typeOf } from "../../pulumi/urn";
import { changed, outside } from "../../rollout/touch";
import { PROJECT, nameOf } from "./production";

/** What a stack registers, as a preview of nothing that is there shows it. */
class Plan {
  private constructor(private readonly steps: readonly Step[]) {}

  static async of(rehearsal: Rehearsal, stack: string, set: Record<string, Json> = {}): Promise<Plan> {
    return new Plan((await rehearsal.preview(stack, { set })).steps);
  }

  /** Inputs of the resources of a type, by name. */
  of(type: string): Record<string, any> {
    const found = this.steps.filter(({ urn }) => typeOf(urn) === type);
    return Object.fromEntries(found.map(({ urn, inputs }) => [nameOf(urn), inputs]));
  }

  /** Names of resources whose type begins so. */
  beginning(prefix: string): string[] {
    return this.steps.flatMap(({ urn }) => (typeOf(urn).startsWith(prefix) ? [nameOf(urn)] : []));
  }

  named(pattern: RegExp): string[] {
    return this.steps.map(({ urn }) => nameOf(urn)).filter((name) => pattern.test(name));
  }
}

describe("what a platform on AWS leaves out", function () {
  this.timeout(120_000);
  const rehearsal = createRehearsal({ project: PROJECT, clouds });
  let edpsych: Plan;
  let proofile: Plan;
  let test: Plan;
  before(async () => {
    edpsych = await Plan.of(rehearsal, "edpsych");
    proofile = await Plan.of(rehearsal, "proofile");
    test = await Plan.of(rehearsal, "test");
  });

  it("is not in its graph: no Azure, no functions, no records, no GPUs, no second region where config names none", () => {
    for (const plan of [edpsych, proofile, test]) {
      assert.deepEqual(plan.beginning("azure-native:"), []);
      assert.deepEqual(plan.beginning("pulumi:providers:azure-native"), []);
      assert.deepEqual(plan.beginning("aws:ec2/vpcPeering"), []);
      assert.deepEqual(plan.beginning("aws:s3/bucketReplicationConfig"), []);
      assert.deepEqual(plan.named(/device-plugin|^functions?-|^records-|-records$|^(targets|router)-.*-function/), []);
    }
  });

  it("keeps one trail, that of the account's management, where there are no records", () => {
    assert.equal(Object.keys(edpsych.of("aws:cloudtrail/trail:Trail")).length, 1);
  });

  it("copies backups to a vault in the region that config names, and to none without one", () => {
    const [plan] = Object.values(edpsych.of("aws:backup/plan:Plan"));
    assert.equal(plan.rules[0].copyActions.length, 1);
    assert.deepEqual(edpsych.named(/^(data-key|vault)-us-west-2$/), ["data-key-us-west-2", "vault-us-west-2"]);
    const [other] = Object.values(test.of("aws:backup/plan:Plan"));
    assert.equal(other.rules[0].copyActions, undefined);
    assert.deepEqual(test.named(/us-west-2/), []);
  });

  it("has no Cloudflare behind CloudFront, and no CloudFront where Cloudflare has the assets", () => {
    assert.deepEqual(edpsych.beginning("cloudflare:"), []);
    assert.deepEqual(proofile.beginning("aws:cloudfront/"), []);
    assert.deepEqual(test.beginning("aws:cloudfront/"), []);
  });
});

describe("CloudFront before the application", function () {
  this.timeout(120_000);
  let plan: Plan;
  let distribution: any;
  before(async () => {
    plan = await Plan.of(createRehearsal({ project: PROJECT, clouds }), "edpsych");
    distribution = plan.of("aws:cloudfront/distribution:Distribution")["app-distribution"];
  });

  it("is all that reaches the load balancer: by AWS's list, on 443 alone", () => {
    const rules = Object.entries(plan.of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")).filter(
      ([name]) => name.startsWith("entry-us-east-1-in-"),
    );
    assert.deepEqual(
      rules.map(([name, { prefixListId, cidrIpv4, fromPort, toPort }]) => [
        name,
        prefixListId,
        cidrIpv4,
        fromPort,
        toPort,
      ]),
      [["entry-us-east-1-in-https", "pl-3b927c52", undefined, 443, 443]],
    );
    assert.deepEqual(plan.of("aws:ec2/managedPrefixList:ManagedPrefixList"), {});
  });

  it("proves itself with a secret header, and names the legal area, over whatever a request carried", () => {
    const [origin] = distribution.origins;
    assert.deepEqual(
      origin.customHeaders.map(({ name }: any) => name),
      ["x-origin-verify", "x-cutover-jurisdiction"],
    );
    assert.equal(origin.customOriginConfig.originProtocolPolicy, "https-only");
    const regional = plan.of("aws:wafv2/webAcl:WebAcl")["entry-us-east-1-waf-acl"];
    assert.deepEqual(
      regional.rules.slice(0, 2).map(({ name }: any) => name),
      ["require-x-origin-verify", "require-x-cutover-jurisdiction"],
    );
  });

  it("stores nothing, and passes everything on but the token of testers", () => {
    const behavior = distribution.defaultCacheBehavior;
    assert.equal(behavior.cachePolicyId, "4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
    assert.equal(distribution.orderedCacheBehaviors, undefined);
    const passed = plan.of("aws:cloudfront/originRequestPolicy:OriginRequestPolicy")["app-passed-on"];
    assert.deepEqual(passed.headersConfig, { headerBehavior: "allExcept", headers: { items: ["x-cutover-token"] } });
    assert.equal(passed.cookiesConfig.cookieBehavior, "all");
    assert.equal(passed.queryStringsConfig.queryStringBehavior, "all");
  });

  it("refuses a color to everybody without the token, and counts addresses, which the load balancer does not see", () => {
    const acls = plan.of("aws:wafv2/webAcl:WebAcl");
    const names = (acl: any) => acl.rules.map(({ name }: any) => name);
    assert.deepEqual(names(acls["app-waf-acl"]).slice(0, 2), ["color-only-for-testers", "rate"]);
    assert.equal(names(acls["entry-us-east-1-waf-acl"]).includes("rate"), false);
  });

  it("keeps no error either: one color's, and one user's, would be everybody's for ten seconds", () => {
    assert.deepEqual(
      distribution.customErrorResponses.map(({ errorCode, errorCachingMinTtl }: any) => [
        errorCode,
        errorCachingMinTtl,
      ]),
      [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((code) => [code, 0]),
    );
  });

  it("proves its name by the record that the load balancer's certificate made: ACM asks for one", () => {
    assert.deepEqual(
      Object.keys(plan.of("aws:route53/record:Record")).filter((name) => /certificate|tls/.test(name)),
      ["certificate-us-east-1-record", "static-tls-record"],
    );
  });

  it("answers to the application's name, on IPv4 and IPv6, with its certificate", () => {
    const records = plan.of("aws:route53/record:Record");
    for (const type of ["a", "aaaa"]) {
      assert.equal(records[`app-${type}`].name, "app.edpsych-ai-platform.com");
      assert.equal(records[`app-${type}`].type, type.toUpperCase());
    }
    assert.deepEqual(distribution.aliases, ["app.edpsych-ai-platform.com"]);
  });
});

describe("several host names", function () {
  this.timeout(120_000);
  let plan: Plan;
  before(async () => {
    plan = await Plan.of(createRehearsal({ project: PROJECT, clouds }), "proofile");
  });

  it("are told apart by the rules of their workloads, the testers' too", () => {
    const rules = plan.of("aws:lb/listenerRule:ListenerRule");
    const hosts = (name: string) =>
      rules[name].conditions.flatMap((condition: any) => condition.hostHeader?.values ?? []);
    for (const rule of ["", "-blue-tester", "-green-tester"]) {
      assert.deepEqual(hosts(`router-eu-central-1-backend${rule}`), ["api.proofile.dev"]);
      assert.deepEqual(hosts(`router-eu-central-1-frontend${rule}`), ["proofile.dev"]);
    }
  });

  it("have a certificate each, which the listener offers beside its first", () => {
    const certificates = Object.values(plan.of("aws:acm/certificate:Certificate")).map(({ domainName }) => domainName);
    assert.deepEqual(certificates.sort(), ["api.proofile.dev", "proofile.dev"]);
    assert.deepEqual(Object.keys(plan.of("aws:lb/listenerCertificate:ListenerCertificate")), [
      "router-eu-central-1-api-proofile-dev",
    ]);
  });

  it("are names of Cloudflare that it answers for, the zone's own among them", () => {
    const records = Object.values(plan.of("cloudflare:index/dnsRecord:DnsRecord")).filter(({ proxied }) => proxied);
    assert.deepEqual(
      records.map(({ name, type }) => [name, type]),
      [
        ["proofile.dev", "CNAME"],
        ["api.proofile.dev", "CNAME"],
      ],
    );
    assert.deepEqual(plan.beginning("cloudflare:index/loadBalancer"), []);
  });

  it("are shifted together, by weights alone", async () => {
    const rehearsal = createRehearsal({ project: PROJECT, clouds });
    await rehearsal.up("proofile");
    const { steps } = await rehearsal.preview("proofile", { set: { "traffic.green": 5 } });
    assert.deepEqual(
      changed(steps)
        .map(({ urn }) => nameOf(urn))
        .sort(),
      ["router-eu-central-1-backend", "router-eu-central-1-frontend"],
    );
    assert.deepEqual(outside(steps, ["weights"]), []);
  });
});

describe("an application that asks for what its platform lacks", function () {
  this.timeout(120_000);
  const rehearsal = createRehearsal({ project: PROJECT, clouds });
  const refused = (stack: string, set: Record<string, Json>, reason: RegExp) =>
    assert.rejects(rehearsal.preview(stack, { set }), reason);

  it("is refused with the reason", async () => {
    await refused("edpsych", { "workloads.app.access.ai": true }, /workloads\.app\.access\.ai[\s\S]*no Azure OpenAI/);
    await refused(
      "edpsych",
      { "workloads.app.access.records": "read" },
      /workloads\.app\.access\.records[\s\S]*keeps no bucket of education records/,
    );
    await refused(
      "proofile",
      { "workloads.backend.target.host": "www.proofile.dev" },
      /workloads\.backend\.target\.host[\s\S]*proofile\.dev, api\.proofile\.dev/,
    );
  });

  it("is refused when a host of the platform meets no workload", async () => {
    await refused(
      "proofile",
      { "deployment.hosts.others": ["api.proofile.dev", "www.proofile.dev"] },
      /takes requests of www\.proofile\.dev/,
    );
  });
});
