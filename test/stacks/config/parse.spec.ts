import assert from "node:assert/strict";
import fc from "fast-check";
import { formatIssues, type Issue } from "../../../stacks/config/issue";
import { parseConfig } from "../../../stacks/config/parse";
import { rawConfig } from "../../../stacks/config/raw";
import { STACKS, changedAt, issuesOf, leaves, rawStack, type Keys, type Raw, type Stack } from "./stackFiles";

const DIGEST = `sha256:${"a".repeat(64)}`;

/** The issues at a path; fails when there is none. */
function at(issues: readonly Issue[], path: string): Issue[] {
  const found = issues.filter((issue) => issue.path === path);
  assert.notEqual(
    found.length,
    0,
    `nothing is reported at ${path}, only at ${issues.map((one) => one.path).join(", ")}`,
  );
  return found;
}

/** That one change of a stack file is refused at a path, with the value and words about what is allowed; only there by default. */
function refuses(
  stack: Stack,
  changes: Record<string, unknown>,
  path: string,
  allowed: RegExp,
  value: unknown = Object.values(changes)[0],
) {
  const issues = issuesOf(stack, changes);
  const found = at(issues, path).filter(({ message }) => allowed.test(message));
  assert.equal(found.length, 1, at(issues, path)[0]!.message);
  assert.deepEqual(found[0]!.value, value);
  return issues;
}

function parsed(raw: Raw) {
  const result = parseConfig(raw);
  assert.ok(result.ok, result.ok ? "" : formatIssues(result.issues, "test"));
  return result.config;
}

describe("the config of a stack", () => {
  it("is valid in every stack file of the repository", () => {
    for (const stack of STACKS) {
      parsed(rawStack(stack));
    }
  });

  describe("fails for an unknown key", () => {
    it("at the top, and names those that there are", () => {
      refuses("production", { trafic: { green: 10 } }, "trafic", /^unknown key; allowed: .*\btraffic\b/);
    });

    it("of a layer that the stack does not deploy, and says which layer that is", () => {
      refuses("production", { database: { port: 1 } }, "database", /belongs to the platform layer.* deploys traffic$/);
      refuses("production-platform", { traffic: {} }, "traffic", /belongs to the traffic layer.* deploys platform$/);
    });

    for (const [stack, place, allowed] of [
      ["production", "traffic.gren", "green, maintenance, regions"],
      [
        "production",
        "rollout.plans.blue-green.steps.0.soack",
        "approvals, checklist, gates, hooks, interval, maxSoak, name, regions, share, soak",
      ],
      ["production", "rollout.release.digests", "images, version"],
      ["production-platform", "regions.us-east-1.zone", "cidr, database, jurisdiction, role, share, zones"],
      ["production-platform", "deployment.hosts.api", "app, others, static, zone"],
      ["production-platform", "database.snapshots.lock.minDay", "graceDays, maxDays, minDays"],
      ["production-platform", "edge.static.webAcl.managedRuleGroups.0.mode", "count, name"],
      ["production-application", "workloads.api.probes.startup.period", ""],
      ["production-application", "capacity.yellow", "blue, green, recovery, reservedPercent"],
    ] as const) {
      it(`inside a section: ${place}`, () => {
        const path = place.replaceAll(/\.(\d+)/g, "[$1]");
        const issues = refuses(stack, { [place]: 1 }, path, new RegExp(`^unknown key; allowed: ${allowed}`));
        assert.equal(issues.length, 1);
      });
    }
  });

  it("fails for required sections that are missing, all of them", () => {
    const { layers } = rawStack("production-platform");
    const result = parseConfig({ layers });
    assert.ok(!result.ok);
    for (const section of ["deployment", "jurisdictions", "regions", "account", "cluster", "database", "edge"]) {
      assert.match(
        at(result.issues, section)[0]!.message,
        /^is required: a map(( with \w+|, which may be empty).* \(docs\/configuration\.md\)| of values by name)$/,
      );
    }
  });

  it("fails for required fields that are missing, and says what they take", () => {
    refuses(
      "production-platform",
      { "regions.eu-west-1.share": undefined },
      "regions.eu-west-1.share",
      /^is required: a number/,
    );
    refuses(
      "production-platform",
      { "deployment.account": undefined },
      "deployment.account",
      /^is required: twelve digits/,
    );
    refuses(
      "production-application",
      { "releases.blue.images.web": undefined },
      "releases.blue.images.web",
      /^is required: an image by digest/,
    );
  });

  it("says in the project's words what a section holds, how many and how much", () => {
    refuses(
      "production-platform",
      { deployment: undefined },
      "deployment",
      /^is required: a map with name, .*account.* \(docs\/configuration\.md\)$/,
    );
    refuses("production-platform", { "regions.us-east-1.zones": [] }, "regions.us-east-1.zones", /^at least 2 items$/);
    refuses("production-platform", { "database.port": 1e300 }, "database.port", /^at most 9007199254740991$/);
    refuses("production", { "traffic.green": 101 }, "traffic.green", /^at most 100$/);
  });

  it("fails for a key in a namespace that is nearly the program's, and for no other's", () => {
    const issues = (key: string) => {
      const result = parseConfig(rawConfig({ [key]: "x" }));
      return result.ok ? [] : result.issues.filter(({ message }) => message.startsWith("unknown key"));
    };
    const found = issues("cutovr:cloud");
    assert.deepEqual(
      found.map(({ path, message }) => [path, message]),
      [["cutovr:cloud", "unknown key: nothing reads this namespace; allowed: cutover:cloud"]],
    );
    assert.match(formatIssues(found, "dev"), /^ {2}cutovr:cloud\n.*\n {4}fix: pulumi config rm .*'cutovr:cloud'$/m);
    assert.equal(issues("Cutoverr:cloud").length, 1);
    for (const other of ["aws:region", "pulumi:template", "recover:cloud", "cloud"]) {
      assert.deepEqual(issues(other), [], other);
    }
  });

  it("names the layers that there are, and blames nothing else, when the list of layers is wrong", () => {
    for (const layers of [["trafic"], "traffic", [], ["traffic", "traffic"]]) {
      const issues = issuesOf("production", { layers });
      assert.ok(issues.length > 0);
      assert.deepEqual(
        issues.filter(({ path }) => !path.startsWith("layers")),
        [],
      );
    }
    refuses("production", { "layers.0": "trafic" }, "layers[0]", /"platform"\|"application"\|"traffic"/);
  });
});

describe("the share of green", () => {
  for (const green of [0, 0.1, 10, 37, 99.9, 100, "0", "10", "99.9"]) {
    it(`${JSON.stringify(green)} is read exactly`, () => {
      assert.equal(
        parsed(changedAt(rawStack("production"), ["traffic", "green"], green)).traffic?.traffic.green,
        Number(green),
      );
    });
  }

  it("is 0 when it is not there, and not when it is null", () => {
    assert.equal(parsed(changedAt(rawStack("production"), ["traffic"], undefined)).traffic?.traffic.green, 0);
    refuses("production", { "traffic.green": null }, "traffic.green", /a number, or a string of digits/);
  });

  it("fails where it is finer than a listener rule's weights, in the whole, in a region and in the plan", () => {
    for (const value of [0.05, 12.34, 99.99]) {
      refuses("production", { "traffic.green": value }, "traffic.green", /smallest step is 0\.1 %/);
      refuses(
        "production",
        { "traffic.regions.eu-west-1": value },
        "traffic.regions.eu-west-1",
        /smallest step is 0\.1 %/,
      );
    }
    refuses(
      "production",
      { "rollout.plans.canary.steps.0.share": 0.05 },
      "rollout.plans.canary.steps[0].share",
      /smallest step is 0\.1 %/,
    );
  });

  for (const value of ["abc", "", " 10", "1e1", "10%", "-1", null, true, false, [], [10], {}, Number.NaN]) {
    it(`fails for ${JSON.stringify(value)}`, () => {
      refuses("production", { "traffic.green": value }, "traffic.green", /a number, or a string of digits/);
      refuses(
        "production",
        { "traffic.regions.us-east-1": value },
        "traffic.regions.us-east-1",
        /a number, or a string of digits/,
      );
    });
  }

  it("fails below 0 and above 100, and says the bound", () => {
    refuses("production", { "traffic.green": 100.1 }, "traffic.green", /^at most 100$/);
    refuses("production", { "traffic.green": "101" }, "traffic.green", /^at most 100$/);
    refuses("production", { "traffic.green": -1 }, "traffic.green", /^at least 0$/);
  });

  it("fails for a region that is no region, or that the same stack's platform does not have", () => {
    refuses("production", { "traffic.regions.Europe": 5 }, "traffic.regions.Europe", /a region.s name/, "Europe");
    const all = Object.assign({}, ...STACKS.map(rawStack), { layers: undefined, stacks: undefined }) as Raw;
    parsed(all);
    const result = parseConfig(changedAt(all, ["traffic", "regions", "sa-east-1"], 5));
    assert.ok(!result.ok);
    assert.match(
      at(result.issues, "traffic.regions.sa-east-1")[0]!.message,
      /^unknown key; allowed: us-east-1, us-west-2/,
    );
  });

  it("survives as Pulumi hands it over: structures as JSON, plain values as text", () => {
    const raw = rawConfig({
      "cutover:traffic": '{"green":"10","regions":{"eu-west-1":0}}',
      "cutover:active": "blue",
      "aws:region": "x",
    });
    assert.deepEqual(raw, { traffic: { green: "10", regions: { "eu-west-1": 0 } }, active: "blue" });
  });
});

describe("the config of jurisdictions and regions", () => {
  it("fails when the shares of a jurisdiction's regions do not add up to its own, and shows the sum", () => {
    refuses(
      "production-platform",
      { "regions.us-west-2.share": 29 },
      "jurisdictions.US.share",
      /us-east-1 40 \+ us-west-2 29 = 69/,
      70,
    );
  });

  it("fails when the shares of all jurisdictions do not add up to 100", () => {
    refuses(
      "production-platform",
      { "jurisdictions.EU.share": 19, "regions.eu-west-1.share": 19 },
      "jurisdictions",
      /add up to 100, they are 99/,
      99,
    );
  });

  it("fails when a recovery region serves, or a serving one does not", () => {
    refuses(
      "production-platform",
      { "regions.eu-central-1.share": 5 },
      "regions.eu-central-1.share",
      /recovery region.* 0$/,
    );
    refuses("production-platform", { "regions.ap-southeast-1.share": 0 }, "regions.ap-southeast-1.share", /above 0/);
  });

  it("fails when ranges overlap, and names the other one", () => {
    refuses(
      "production-platform",
      { "regions.us-west-2.cidr": "10.16.128.0/17" },
      "regions.us-west-2.cidr",
      /overlaps us-east-1 \(10\.16\.0\.0\/16\)/,
    );
  });

  it("fails for a range with host bits, of a size that no plan fits, or that is none", () => {
    const path = "regions.us-east-1.cidr";
    refuses("production-platform", { [path]: "10.16.0.1/16" }, path, /without host bits/);
    refuses("production-platform", { [path]: "10.16.0.0/24" }, path, /\/16 to \/20/);
    for (const value of ["10.16.0.0", "10.16.0.0/33", "300.1.1.1/16", "", 10.16]) {
      refuses("production-platform", { [path]: value }, path, /an IPv4 range such as/);
    }
  });

  it("fails for zones of another region, twice, too few, or of a wrong form", () => {
    const zones = "regions.eu-west-1.zones";
    refuses("production-platform", { [`${zones}.1`]: "us-east-1a" }, `${zones}[1]`, /a zone of eu-west-1/);
    refuses("production-platform", { [zones]: ["eu-west-1a", "eu-west-1a"] }, zones, /each zone once/);
    refuses("production-platform", { [zones]: ["eu-west-1a"] }, zones, /^at least 2 items$/);
    refuses("production-platform", { [`${zones}.0`]: "eu-west-1" }, `${zones}[0]`, /an availability zone such as/);
  });

  it("fails for a country twice, and names who has it", () => {
    refuses(
      "production-platform",
      { "jurisdictions.APAC.countries.0": "US" },
      "jurisdictions.APAC.countries[0]",
      /US has it already/,
    );
    refuses(
      "production-platform",
      { "jurisdictions.EU.countries.0": "AUT" },
      "jurisdictions.EU.countries[0]",
      /ISO 3166-1/,
    );
    // What YAML makes of NO without quotes.
    refuses(
      "production-platform",
      { "jurisdictions.EU.countries.0": false },
      "jurisdictions.EU.countries[0]",
      /ISO 3166-1/,
    );
  });

  it("fails when nobody, or more than one jurisdiction, takes the users of other countries", () => {
    refuses("production-platform", { "jurisdictions.US.elsewhere": undefined }, "jurisdictions", /elsewhere: true/, []);
    refuses("production-platform", { "jurisdictions.EU.elsewhere": true }, "jurisdictions", /elsewhere: true/, [
      "US",
      "EU",
    ]);
  });

  it("fails for a region of an unknown jurisdiction, a second primary, a lonely jurisdiction", () => {
    const mars = refuses(
      "production-platform",
      { "regions.eu-central-1.jurisdiction": "MARS" },
      "regions.eu-central-1.jurisdiction",
      /US, EU, APAC/,
    );
    assert.match(at(mars, "database.replicas.EU.recovery.region")[0]!.message, /a region of EU/);
    refuses(
      "production-platform",
      { "regions.us-west-2.role": "primary" },
      "regions",
      /exactly one region has role primary/,
      ["us-east-1", "us-west-2"],
    );
    refuses(
      "production-platform",
      { "regions.us-west-2.database": "primary" },
      "jurisdictions.US",
      /exactly one of its regions holds/,
      ["us-east-1", "us-west-2"],
    );
  });

  it("fails for names that are no region and no jurisdiction, and asks to remove them", () => {
    const issues = issuesOf("production-platform", {
      "regions.useast1": rawStack("production-platform")["regions"],
      "jurisdictions.eu": {},
    });
    assert.match(at(issues, "regions.useast1")[0]!.message, /an AWS region code/);
    assert.match(at(issues, "jurisdictions.eu")[0]!.message, /upper-case letters/);
    assert.match(
      formatIssues(at(issues, "regions.useast1"), "x"),
      /fix: pulumi config rm --stack x --path 'cutover:regions.useast1'/,
    );
  });
});

describe("the config of the platform's data and account", () => {
  it("fails for a replica outside its jurisdiction, and names the regions inside", () => {
    const path = "database.replicas.EU.recovery.region";
    refuses("production-platform", { [path]: "us-west-2" }, path, /a region of EU.*: eu-west-1, eu-central-1$/);
  });

  it("fails for an account number without quotes, which YAML reads as a number", () => {
    refuses(
      "production-platform",
      { "deployment.account": 123456789012 },
      "deployment.account",
      /^twelve digits, in quotes$/,
    );
    refuses(
      "production-platform",
      { "deployment.account": "12345" },
      "deployment.account",
      /^twelve digits, in quotes$/,
    );
  });

  it("fails for a version without quotes, which YAML reads as a number", () => {
    refuses("production-platform", { "cluster.version": 1.35 }, "cluster.version", /in quotes, such as "1\.35"/);
  });

  it("fails for host names outside the zone, or the same one twice", () => {
    refuses(
      "production-platform",
      { "deployment.hosts.app": "app.example.com" },
      "deployment.hosts.app",
      /a name inside pathfinity\.com/,
    );
    refuses(
      "production-platform",
      { "deployment.hosts.static": "app.pathfinity.com" },
      "deployment.hosts.static",
      /another name than hosts\.app/,
    );
  });
});

describe("the config of releases and workloads", () => {
  it("fails for an image without a digest, in a color and in the plan", () => {
    for (const image of [
      "registry.example.com/api:latest",
      "registry.example.com/api",
      `api@sha256:abc`,
      `api@${DIGEST}`,
      5,
    ]) {
      refuses(
        "production-application",
        { "releases.green.images.api": image },
        "releases.green.images.api",
        /an image by digest/,
      );
      refuses(
        "production",
        { "rollout.release.images.api": image },
        "rollout.release.images.api",
        /an image by digest/,
      );
    }
  });

  it("fails for `off` without quotes, which YAML reads as false", () => {
    refuses(
      "production-application",
      { "capacity.green": false },
      "capacity.green",
      /off, warm, full, or the percentage/,
    );
  });

  it("fails for a quantity that is none, instead of crashing in the comparison with its limit", () => {
    const path = "workloads.api.resources.requests.memory";
    for (const value of ["", "abc", "1GB", 1, null]) {
      refuses("production-application", { [path]: value }, path, /a Kubernetes quantity in quotes/);
    }
    refuses(
      "production-application",
      { [path]: "3Gi" },
      "workloads.api.resources",
      /requests\.memory is at most limits\.memory/,
      {
        ...(rawStack("production-application")["workloads"] as any).api.resources,
        requests: { cpu: "500m", memory: "3Gi" },
      },
    );
  });

  for (const name of ["function", "database", "blue", "green", "web-green", "api-consumer"]) {
    it(`fails for the reserved name ${name} of a workload`, () => {
      const { api } = rawStack("production-application")["workloads"] as Raw;
      const workload = { ...(api as Raw), target: undefined };
      refuses(
        "production-application",
        { [`workloads.${name}`]: workload },
        `workloads.${name}`,
        /^another name/,
        name,
      );
    });
  }
});

describe("references between stacks", () => {
  it("fail when they are missing", () => {
    const issues = refuses(
      "production",
      { "stacks.platform": undefined },
      "stacks.platform",
      /^the stack that deploys the platform layer/,
    );
    assert.match(
      formatIssues(issues, "production"),
      /fix: pulumi config set --stack production --path 'cutover:stacks\.platform' <value>/,
    );
    assert.equal(issuesOf("production", { stacks: undefined }).length, 2);
  });

  it("fail when they go the wrong way or to the own layer, and the fix removes them", () => {
    const back = refuses(
      "production-platform",
      { "stacks.application": "production-application" },
      "stacks.application",
      /go one way/,
    );
    assert.match(formatIssues(back, "x"), /fix: pulumi config rm --stack x --path 'cutover:stacks\.application'/);
    const own = refuses(
      "production-application",
      { "stacks.application": "other" },
      "stacks.application",
      /deploys the application layer itself/,
    );
    assert.match(formatIssues(own, "x"), /fix: pulumi config rm --stack x --path 'cutover:stacks\.application'/);
  });

  it("fail when they are no stack's name", () => {
    refuses(
      "production",
      { "stacks.platform": "a/b" },
      "stacks.platform",
      /a stack's name, or organization\/project\/stack/,
    );
    refuses(
      "production",
      { "stacks.platform": 5 },
      "stacks.platform",
      /a stack's name, or organization\/project\/stack/,
    );
  });
});

describe("all errors of a config", () => {
  const bad = {
    "regions.us-east-1.zone": "x",
    "regions.us-west-2.share": 29,
    "regions.us-west-2.cidr": "10.16.0.0/16",
    "regions.eu-west-1.cidr": "10.32.0.1/16",
    "regions.eu-central-1.zones.0": 5,
    "regions.ap-southeast-2.cidr": "nowhere",
    "jurisdictions.APAC.countries.0": "US",
    "jurisdictions.US.elsewhere": false,
    "deployment.account": 123456789012,
    "database.replicas.EU.recovery.region": "us-west-2",
    "database.port": "abc",
    "database.backups.window": "noon",
    "ai.jurisdictions.EU.location": "uksouth",
    "ai.jurisdictions.US.location": "moonbase",
    "edge.loadBalancer.failures": 10,
    "edge.rateLimits.0.requests": 0,
    "cluster.addons": 7,
    nonsense: true,
    traffic: { green: 10 },
  };
  const issues = issuesOf("production-platform", bad);

  it("come at once: none hides another, in the same section neither", () => {
    for (const [path, message] of Object.entries({
      "regions.us-east-1.zone": /unknown key/,
      "jurisdictions.US.share": /= 69/,
      "regions.us-west-2.cidr": /overlaps us-east-1/,
      "regions.eu-west-1.cidr": /host bits/,
      "regions.eu-central-1.zones[0]": /an availability zone/,
      "regions.ap-southeast-2.cidr": /an IPv4 range/,
      "jurisdictions.APAC.countries[0]": /US has it already/,
      jurisdictions: /elsewhere/,
      "deployment.account": /in quotes/,
      "database.replicas.EU.recovery.region": /a region of EU/,
      "database.port": /a number/,
      "database.backups.window": /hh:mm/,
      "ai.jurisdictions.US.location": /expected one of/,
      "edge.loadBalancer.intervalSeconds": /less than 60 s/,
      "edge.rateLimits[0].requests": /at least 1/,
      "cluster.addons": /^a map/,
      nonsense: /unknown key/,
      traffic: /unknown key for this stack/,
    })) {
      assert.ok(
        at(issues, path).some((issue) => message.test(issue.message)),
        `${path}: ${at(issues, path)[0]!.message}`,
      );
    }
  });

  it("are each reported with path, value, what is allowed, and the command that fixes it", () => {
    const text = formatIssues(issues, "production-platform");
    assert.ok(text.startsWith(`the config of stack production-platform has ${issues.length} errors:\n`));
    for (const { path, message } of issues) {
      const start = text.indexOf(`  cutover:${path}\n    ${message}; got `);
      assert.notEqual(start, -1, path);
      const [, , fix] = text.slice(start).split("\n");
      assert.match(fix!, /^ {4}fix: pulumi config (set|rm) --stack production-platform --path 'cutover:/);
      assert.ok(fix!.includes(`'cutover:${path}'`));
    }
    assert.match(text, /cutover:database\.port\n {4}a number, or a string of digits; got "abc"\n/);
    assert.match(
      text,
      /cutover:nonsense\n.*\n {4}fix: pulumi config rm --stack production-platform --path 'cutover:nonsense'/,
    );
  });

  it("say `nothing` where there was no value, and cut one that is long", () => {
    assert.match(
      formatIssues([{ path: "a", message: "is required: x" }], "s"),
      /has 1 error:\n {2}cutover:a\n {4}is required: x; got nothing\n/,
    );
    const long = formatIssues([{ path: "a", message: "m", value: "x".repeat(500) }], "s");
    assert.ok(Math.max(...long.split("\n").map((line) => line.length)) < 140);
  });
});

describe("any leaf of a stack file", () => {
  /** Values that a field may be given by mistake, other than its own type. */
  const WRONG = [null, true, "", "abc", "-1", 7.125, -1, [], {}, ["a"], { nope: 1 }] as const;
  /** Free forms: whatever an add-on takes, and plain text. */
  const free = (keys: Keys) => keys[0] === "cluster" && keys[1] === "addons" && keys.length > 4;

  const places = STACKS.flatMap((stack) => {
    const raw = rawStack(stack);
    return leaves(raw).map((keys) => ({ stack, raw, keys }));
  }).filter(({ keys }) => !free(keys));

  const valueAt = (raw: Raw, keys: Keys) => keys.reduce((value: any, key) => value[key], raw) as unknown;
  const typeOf = (value: unknown) => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);

  it("replaced by a value of a wrong type is reported in its own section, and never a crash", () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.constantFrom(...WRONG), ({ stack, raw, keys }, wrong) => {
        fc.pre(typeOf(valueAt(raw, keys)) !== typeOf(wrong));
        const result = parseConfig(changedAt(raw, keys, wrong));
        if (result.ok) {
          // A string of digits is a number, and a share is an alternative to off, warm and full.
          assert.ok(
            keys[0] === "capacity" && typeof wrong === "number",
            `${stack} ${keys.join(".")} took ${JSON.stringify(wrong)}`,
          );
          return;
        }
        const path = String(keys[0]);
        assert.ok(
          result.issues.some(
            (issue) =>
              issue.path === path || (/^[.[]/.test(issue.path.slice(path.length)) && issue.path.startsWith(path)),
          ),
          `${stack} ${keys.join(".")}: ${result.issues.map((issue) => issue.path).join(", ")}`,
        );
        formatIssues(result.issues, stack);
      }),
      { numRuns: 800 },
    );
  });

  it("taken away, and any section replaced by nonsense, never is a crash", () => {
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.nat(3), fc.option(fc.jsonValue()), ({ raw, keys }, depth, value) => {
        parseConfig(changedAt(raw, keys.slice(0, Math.max(1, keys.length - depth)), value ?? undefined));
      }),
      { numRuns: 500 },
    );
  });
});
