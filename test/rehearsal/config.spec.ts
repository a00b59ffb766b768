import { strict as assert } from "node:assert";
import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { readConfig, readProject } from "../../pulumi/projectConfig";
import { createRehearsal } from "../../rehearsal";
import type { Json } from "../../rollout/engine";
import { project, temporaryDirectory, Theater } from "./support/stage";

const PROJECT = `config:
  pulumi:disable-default-providers:
    value: ["*"]
  traffic:
    type: object
    default: { green: 5 }
  name: shop
`;
const STACK = `config:
  shop:traffic:
    green: 0
    regions: { eu-west-1: 1 }
  shop:list: [a, { "b.c": 1 }]
  shop:count: 3
  shop:flag: false
  shop:word: "0"
  aws:region: us-east-1
`;

describe("rehearsal: config", () => {
  const read = (set?: Record<string, Json>) =>
    readConfig(readProject(project({ dev: STACK, empty: "" }, PROJECT)), set === undefined ? "empty" : "dev", set)
      .values;

  it("is the stack's over the project's, scalars as text and structures as JSON", () => {
    assert.deepEqual(read({}), {
      "pulumi:disable-default-providers": '["*"]',
      "shop:traffic": '{"green":0,"regions":{"eu-west-1":1}}',
      "shop:name": "shop",
      "shop:list": '["a",{"b.c":1}]',
      "shop:count": "3",
      "shop:flag": "false",
      "shop:word": "0",
      "aws:region": "us-east-1",
    });
    assert.equal(read()["shop:traffic"], '{"green":5}');
  });

  it("takes values of one run by path", () => {
    const values = read({
      "traffic.green": 10,
      "traffic.regions.eu-west-1": 0,
      "traffic.regions.us-east-1": 0.1,
      "list[0]": "z",
      'list[1]["b.c"]': 2,
      "list[2]": true,
      "fresh.deep[0].x": "y",
      count: 4,
      "aws:region": "eu-west-1",
    });
    assert.deepEqual(JSON.parse(values["shop:traffic"]!), { green: 10, regions: { "eu-west-1": 0, "us-east-1": 0.1 } });
    assert.equal(values["shop:list"], '["z",{"b.c":2},true]');
    assert.equal(values["shop:fresh"], '{"deep":[{"x":"y"}]}');
    assert.equal(values["shop:count"], "4");
    assert.equal(values["aws:region"], "eu-west-1");
  });

  it("refuses paths that cannot be followed, with what is there", () => {
    const cases: [string, RegExp][] = [
      ["list[9]", /--set list\[9\]=1: \[9\] is outside of the list, which has 2 elements; \[2\] adds one/],
      ["traffic[0]", /\[0\] needs a list, and there is \{"green":0/],
      ["name.x", /"x" needs a map, and there is "shop"/],
      ["list[x]", /"x" is no index/],
      ["[0]", /must start with a config key/],
      ["", /must start with a config key/],
    ];
    for (const [place, message] of cases) {
      assert.throws(() => read({ [place]: 1 }), { name: "ConfigError", message });
    }
  });

  it("refuses numbers that are none, in the file and for one run", () => {
    const file = (value: string) => () =>
      readConfig(readProject(project({ dev: `config:\n  shop:traffic: { green: ${value} }\n` })), "dev");
    for (const [value, got] of [
      [".nan", "NaN"],
      ["-.inf", "-Infinity"],
    ] as const) {
      assert.throws(file(value), {
        name: "ConfigError",
        message: `shop:traffic.green must be a number that is finite; got ${got}`,
      });
    }
    assert.throws(() => read({ count: Infinity }), { name: "ConfigError", message: /^shop:count must be/ });
  });

  it("refuses a file with several YAML documents", () => {
    const directory = project({ dev: "config:\n  shop:count: 1\n---\nconfig:\n  shop:count: 2\n" });
    assert.throws(() => readConfig(readProject(directory), "dev"), {
      name: "ConfigError",
      message: /Pulumi\.dev\.yaml cannot be read: it holds several YAML documents; one is allowed/,
    });
  });

  it("lists the stacks that there are when asked for another one", async () => {
    const stage = new Theater({ project: project({ dev: "", "prod-eu": "" }) });
    for (const run of [
      stage.preview(() => ({}), {}, "nope"),
      stage.rehearsal.destroy("nope"),
      stage.up(() => ({}), {}, "../dev"),
    ]) {
      await assert.rejects(run, { name: "ConfigError", message: /unknown stack "[^"]+"; stacks: dev, prod-eu/ });
    }
  });

  it("is refused when Pulumi.yaml asks for a value and there is none", () => {
    const directory = project({ dev: "" }, "config:\n  needed:\n    type: string\n");
    assert.throws(() => readConfig(readProject(directory), "dev"), {
      name: "ConfigError",
      message: /shop:needed\n {4}fix: pulumi config set --stack dev 'shop:needed' <value>/,
    });
  });

  it("says which file cannot be read", () => {
    assert.throws(() => readProject(temporaryDirectory()), {
      name: "ConfigError",
      message: /there is no Pulumi\.yaml in/,
    });
    const broken = project({ dev: "config: [1" });
    assert.throws(() => readConfig(readProject(broken), "dev"), {
      name: "ConfigError",
      message: /Pulumi\.dev\.yaml cannot be read/,
    });
    assert.throws(
      () => createRehearsal({ project: path.join(broken, "nowhere"), clouds: [] }),
      /there is no Pulumi\.yaml/,
    );
  });

  it("reaches the program, and is not saved", async () => {
    const stage = new Theater({ project: project({ dev: STACK }) });
    const program = () => {
      const config = new pulumi.Config();
      const traffic = config.requireObject<{ green: number }>("traffic");
      return {
        green: traffic.green,
        flag: config.requireBoolean("flag"),
        stack: pulumi.getStack(),
        of: pulumi.getOrganization(),
      };
    };
    const changed = await stage.up(program, { set: { "traffic.green": 37 } });
    assert.deepEqual(changed.outputs, { green: 37, flag: false, stack: "dev", of: "organization" });
    assert.equal((await stage.up(program)).outputs.green, 0);
  });
});
