import assert from "node:assert/strict";
import { graphSvg, type DeployedStack } from "../../graph";
import { recordsOf } from "../../policies/state";
import { createRehearsal, type Rehearsal } from "../../rehearsal";
import { clouds } from "../../rehearsal/clouds";
import { ConfigError, type Json } from "../../rollout/engine";
import { attribute, Page, text, within, type Element } from "../report/page";
import { production, PROJECT, STACKS, type Stack } from "../stacks/production";

const REGIONS = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-1", "ap-southeast-2"];

/** Stacks of production as they were brought up. */
async function deployed(...stacks: Stack[]): Promise<DeployedStack[]> {
  const { rehearsal } = await production();
  return asDeployed(rehearsal, stacks);
}

function asDeployed(rehearsal: Rehearsal, stacks: readonly string[]): Promise<DeployedStack[]> {
  return Promise.all(
    stacks.map(async (stack) => ({
      stack,
      records: recordsOf(rehearsal.resources(stack)),
      outputs: await rehearsal.outputs(stack),
    })),
  );
}

const textsOf = (page: Page, name: string) =>
  page
    .all("text")
    .filter((each) => attribute(each, "class")?.split(" ").includes(name))
    .map(text);
const links = (page: Page) =>
  page.all("g").flatMap((group) => {
    const path = group.childNodes.find((child) => child.nodeName === "path") as Element | undefined;
    return path !== undefined && attribute(path, "class")?.startsWith("link") === true
      ? within(group, "title").map(text)
      : [];
  });

describe("the drawing of a deployment", function () {
  this.timeout(300_000);

  /** What each stack of production shows, with those that it reads. */
  const drawings: [Stack, { colors: boolean; routers: boolean }][] = [
    ["production-platform", { colors: false, routers: false }],
    ["production-application", { colors: true, routers: false }],
    ["production", { colors: true, routers: true }],
  ];
  for (const [stack, { colors, routers }] of drawings) {
    describe(`of ${stack}`, () => {
      let svg: string;
      let page: Page;
      before(async () => {
        svg = graphSvg(await deployed(...STACKS.slice(0, STACKS.indexOf(stack) + 1)));
        page = new Page(`<!doctype html><html lang="en"><head><title>x</title></head><body>${svg}</body></html>`);
      });

      it("is well formed, 1200 wide, and needs nothing else", () => {
        assert.deepEqual(page.errors, []);
        const [root] = page.all("svg");
        assert.equal(attribute(root!, "width"), "1200");
        assert.equal(attribute(root!, "xmlns"), "http://www.w3.org/2000/svg");
        assert.ok(!/href=|@import|<script|<image|url\((?!#)/.test(svg));
      });

      it("has a title and a description that name every region and jurisdiction", () => {
        const [root] = page.all("svg");
        assert.equal(attribute(root!, "role"), "img");
        const [title, description] = attribute(root!, "aria-labelledby")!
          .split(" ")
          .map((id) => text(page.byId(id)));
        assert.match(title!, /^pathfinity, production/);
        REGIONS.forEach((region) => assert.ok(description!.includes(region), region));
        ["US, 70 %", "EU, 20 %", "APAC, 10 %"].forEach((area) => assert.ok(description!.includes(area), area));
      });

      it("has each region once, in the jurisdictions from the largest on", () => {
        assert.deepEqual(
          textsOf(page, "name").filter((name) => REGIONS.includes(name)),
          REGIONS,
        );
        assert.deepEqual(textsOf(page, "area"), ["US", "EU", "APAC"]);
      });

      it("shows colors and routers where there are some", () => {
        assert.equal(textsOf(page, "name").filter((name) => name === "blue").length, colors ? 6 : 0);
        assert.equal(textsOf(page, "layer").filter((name) => name === "routers").length, routers ? 6 : 0);
      });

      it("shows what replicates and takes over, inside of a jurisdiction only", () => {
        assert.deepEqual(links(page).sort(), [
          "database: ap-southeast-1 to ap-southeast-2",
          "database: eu-west-1 to eu-central-1",
          "database: us-east-1 to us-west-2",
          "failover: ap-southeast-1 to ap-southeast-2",
          "failover: eu-west-1 to eu-central-1",
          "failover: us-east-1 to us-west-2, and back",
          "records: ap-southeast-1 to ap-southeast-2, and back",
          "records: eu-west-1 to eu-central-1, and back",
          "records: us-east-1 to us-west-2, and back",
        ]);
      });

      it("keeps its texts inside of the drawing", () => {
        const height = Number(attribute(page.all("svg")[0]!, "height"));
        for (const each of page.all("text")) {
          const [x, y] = ["x", "y"].map((name) => Number(attribute(each, name)));
          assert.ok(x! >= 0 && x! <= 1200 && y! > 0 && y! < height, text(each));
        }
      });
    });
  }

  it("shows the weights that the routers have", async () => {
    const stacks = await deployed(...STACKS);
    const traffic = structuredClone(stacks.at(-1)!.outputs) as {
      traffic: { regions: Record<string, { weights: Json }> };
    };
    traffic.traffic.regions["eu-west-1"]!.weights = { blue: 62.5, green: 37.5 };
    const svg = graphSvg([...stacks.slice(0, -1), { ...stacks.at(-1)!, outputs: traffic }]);
    const page = new Page(svg);
    assert.equal(textsOf(page, "soft").filter((each) => each.endsWith("blue 62.5 %, green 37.5 %")).length, 1);
    assert.equal(textsOf(page, "soft").filter((each) => each.endsWith("blue 100 %, green 0 %")).length, 5);
  });

  it("sums up what is too much: regions beyond four are named in a line", async () => {
    const [platform] = await deployed("production-platform");
    const outputs = structuredClone(platform!.outputs) as {
      platform: {
        jurisdictions: Record<string, { facts: { regions: string[] } }>;
        regions: Record<string, { facts: { jurisdiction: string; share: number } }>;
      };
    };
    const { jurisdictions, regions } = outputs.platform;
    outputs.platform.jurisdictions = {
      US: { ...jurisdictions.US!, facts: { ...jurisdictions.US!.facts, regions: REGIONS } },
    };
    Object.values(regions).forEach(({ facts }) => (facts.jurisdiction = "US"));
    const page = new Page(graphSvg([{ ...platform!, outputs: outputs }]));
    assert.equal(textsOf(page, "name").filter((name) => REGIONS.includes(name)).length, 4);
    const line = textsOf(page, "soft").find((each) => each.startsWith("and 2 more: "))!;
    assert.equal(REGIONS.filter((region) => line.includes(region)).length, 2);
  });

  const others = {
    "pathfinity-azure": [
      "app.pathfinity.ai",
      "Azure Front Door",
      "1 private gateway · firewall · 1 DDoS plan",
      "10.64.0.0/16 · 3 zones",
      "AKS 1.35 · 6–42 nodes in 3 pools",
      "primary + standby + 1 replica · D8ds_v5",
      "2 weighted rules: blue 100 %, green 0 %",
    ],
    "adaptive-learning": [
      "app.adaptive-learning.example",
      "Gateway",
      "Kubernetes, 3 zones, 8 namespaces",
      "PostgreSQL: primary + 2 replicas",
      "4 weighted rules: blue 100 %, green 0 %",
    ],
  };
  for (const [stack, words] of Object.entries(others)) {
    it(`shows what another cloud has: ${stack}`, async () => {
      const rehearsal = createRehearsal({ project: PROJECT, clouds });
      await rehearsal.up(stack);
      const texts = new Page(graphSvg(await asDeployed(rehearsal, [stack]))).all("text").map(text);
      assert.deepEqual(
        words.filter((word) => !texts.includes(word)),
        [],
      );
    });
  }

  it("is refused without a platform: there is no region", async () => {
    const [, application] = await deployed("production-platform", "production-application");
    assert.throws(
      () => graphSvg([application!]),
      (error) => error instanceof ConfigError && /no region to draw/.test(error.message),
    );
  });
});
