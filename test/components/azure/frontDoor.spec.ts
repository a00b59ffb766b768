import assert from "node:assert/strict";
import { FrontDoor } from "../../../components/azure/frontDoor";
import { Zone } from "../../../components/azure/zone";
import { azureConfig } from "../../support/azureConfig";
import { alerts, answers, unprotected, watch } from "../../support/azurePlace";
import { all, find, misplaced, record, type Recorded } from "../../support/recorder";

const config = azureConfig();

const make = () =>
  record(() => {
    const made = new FrontDoor("edge", {
      ...watch,
      resourceGroupName: "school",
      tags: {},
      config: config.edge,
      thresholds: config.observability.thresholds,
      zone: { name: "school.example", zoneId: "zone", zoneName: "school.example" },
      appHost: "app.school.example",
      testerToken: "token-of-testers",
      origins: { eastus2: { location: "eastus2", privateLinkId: "/link", host: "gateway.school.example" } },
    });
    return { host: made.endpointHost, id: made.frontDoorId };
  }, answers);

describe("Front Door", () => {
  it("stands behind a firewall that blocks, by managed rules and rate limits", async () => {
    const { resources } = await make();
    const { policySettings, managedRules, customRules, policyName } = find(
      resources,
      "azure-native:frontdoor:Policy",
    ).inputs;
    assert.deepEqual([policySettings.mode, policySettings.enabledState], ["Prevention", "Enabled"]);
    assert.deepEqual(
      managedRules.managedRuleSets.map(({ ruleSetType }: { ruleSetType: string }) => ruleSetType),
      ["Microsoft_DefaultRuleSet", "Microsoft_BotManagerRuleSet"],
    );
    const [limit] = customRules.rules;
    assert.deepEqual([limit.ruleType, limit.rateLimitThreshold, limit.action], ["RateLimitRule", 300, "Block"]);
    assert.match("https://app.school.example/api/login", new RegExp(limit.matchConditions[0].matchValue[0]));
    assert.doesNotMatch(
      "https://app.school.example/news?at=/api/login",
      new RegExp(limit.matchConditions[0].matchValue[0]),
    );
    assert.deepEqual(limit.matchConditions[0].transforms, ["UrlDecode", "Lowercase"], "%6Cogin is limited as well");
    assert.match(policyName, /^[A-Za-z][A-Za-z0-9]*$/);
  });

  it("puts the firewall in front of the app and its own host name, before it routes", async () => {
    const { resources } = await make();
    const shield = find(resources, "azure-native:cdn:SecurityPolicy");
    const [{ domains, patternsToMatch }] = shield.inputs["parameters"].associations;
    assert.deepEqual(domains, [{ id: "edge-domain-id" }, { id: "edge-endpoint-id" }]);
    assert.deepEqual(patternsToMatch, ["/*"]);
    assert.ok(find(resources, "azure-native:cdn:Route").dependencies.includes(shield.urn));
  });

  it("answers and forwards over HTTPS only, for the app's name only", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, "azure-native:cdn:Route");
    assert.deepEqual(
      [inputs["httpsRedirect"], inputs["forwardingProtocol"], inputs["linkToDefaultDomain"]],
      ["Enabled", "HttpsOnly", "Disabled"],
    );
    const domain = find(resources, "azure-native:cdn:AFDCustomDomain").inputs;
    assert.deepEqual(domain["tlsSettings"], { certificateType: "ManagedCertificate", minimumTlsVersion: "TLS12" });
  });

  it("reaches the gateway by its private link, under its certificate's name, and keeps the app's host", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, "azure-native:cdn:AFDOrigin");
    assert.deepEqual(
      [inputs["hostName"], inputs["originHostHeader"], inputs["enforceCertificateNameCheck"]],
      ["gateway.school.example", "app.school.example", true],
    );
    assert.equal(inputs["sharedPrivateLinkResource"].privateLink.id, "/link");
  });

  it("asks for the application's health, and keeps nobody where they were", async () => {
    const { resources } = await make();
    const { healthProbeSettings, sessionAffinityState } = find(resources, "azure-native:cdn:AFDOriginGroup").inputs;
    assert.deepEqual(healthProbeSettings, {
      probePath: "/health/ready",
      probeProtocol: "Https",
      probeRequestType: "GET",
      probeIntervalInSeconds: 30,
    });
    assert.equal(sessionAffinityState, "Disabled");
  });

  it("proves the app's name, and leads it to itself", async () => {
    const { resources, value } = await make();
    assert.deepEqual(
      all(resources, "azure-native:dns:RecordSet")
        .map(({ inputs }) => [
          inputs["relativeRecordSetName"],
          inputs["cnameRecord"]?.cname ?? inputs["txtRecords"][0].value[0],
        ])
        .sort(),
      [
        ["_dnsauth.app", "token"],
        ["app", "school.z01.azurefd.net"],
      ],
    );
    assert.deepEqual(value, { host: "school.z01.azurefd.net", id: "front-door" });
    assert.deepEqual(misplaced(resources), []);
  });

  it("lets who has the testers' token name a color, and nobody else; the token ends there", async () => {
    const { resources } = await make();
    const rules = all(resources, "azure-native:cdn:Rule").sort(
      (one, other) => one.inputs["order"] - other.inputs["order"],
    );
    const passed = (headers: Record<string, string>) => rules.reduce(applied, headers);
    for (const color of ["blue", "green", "weighted", "page"]) {
      assert.deepEqual(passed({ "x-cutover-color": color, host: "app" }), { host: "app" });
      assert.deepEqual(passed({ "x-cutover-color": color, "x-cutover-token": "guess" }), {});
      assert.deepEqual(passed({ "x-cutover-color": color, "x-cutover-token": "token-of-testers" }), {
        "x-cutover-color": color,
      });
    }
    const route = find(resources, "azure-native:cdn:Route");
    assert.deepEqual(route.inputs["ruleSets"], [{ id: "edge-rules-set-id" }]);
    assert.ok(
      rules.every(({ urn }) => route.dependencies.includes(urn)),
      "no request passes before",
    );
  });

  it("wakes people when the app is down, and tells them above 2 seconds, 1 % errors and refused sign-ins", async () => {
    const { resources } = await make();
    const found = alerts(resources);
    assert.deepEqual(Object.fromEntries(Object.entries(found).map(([name, { fires, to }]) => [name, [fires, to]])), {
      "edge-down": ["LessThan 50 over PT1M", "critical-people"],
      "edge-slow": ["GreaterThan 2000 over PT5M", "warning-people"],
      "edge-errors": ["GreaterThan 1 over PT5M", "warning-people"],
      "edge-blocked": ["GreaterThan 1000 over PT15M", "info-people"],
    });
    const query = find(resources, "azure-native:monitor:ScheduledQueryRule").inputs;
    assert.equal(query["criteria"].allOf[0].threshold, 200);
    assert.deepEqual(query["actions"].actionGroups, ["warning-people"]);
    // A new workspace has no such table: the query brings an empty one.
    assert.equal(query["skipQueryValidation"], true);
    assert.match(
      query["criteria"].allOf[0].query,
      /^union isfuzzy=true\s+\(datatable\(.*httpStatusCode_s: string\) \[\]\),/,
    );
  });
});

describe("the DNS zone", () => {
  it("is signed, says who may issue certificates, and stays when the stack goes", async () => {
    const { resources, value } = await record(
      () => new Zone("zone", { resourceGroupName: "school", tags: {}, zone: "school.example" }).nameServers,
      answers,
    );
    assert.equal(all(resources, "azure-native:dns:DnssecConfig").length, 1);
    const issuers = find(resources, "azure-native:dns:RecordSet").inputs["caaRecords"];
    assert.deepEqual(
      issuers.map(({ tag, value: issuer }: { tag: string; value: string }) => `${tag} ${issuer}`),
      ["issue digicert.com", "issue letsencrypt.org", "issuewild ;"],
    );
    assert.deepEqual(unprotected(resources, "azure-native:dns:Zone"), []);
    assert.deepEqual(value, ["ns1.example."]);
    assert.deepEqual(misplaced(resources), []);
  });
});

/** What a rule of Front Door leaves of a request's headers. */
function applied(headers: Record<string, string>, { inputs }: Recorded): Record<string, string> {
  const holds = (inputs["conditions"] as Condition[]).every(
    ({ parameters: { selector, operator, negateCondition, matchValues } }) => {
      const value = headers[selector];
      const met = operator === "Any" ? value !== undefined : matchValues.some(({ secret }) => secret === value);
      return met !== negateCondition;
    },
  );
  const [{ parameters }] = inputs["actions"];
  return holds
    ? Object.fromEntries(Object.entries(headers).filter(([name]) => name !== parameters.headerName))
    : headers;
}

interface Condition {
  parameters: {
    selector: string;
    operator: "Any" | "Equal";
    negateCondition: boolean;
    matchValues: { secret: string }[];
  };
}
