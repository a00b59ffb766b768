import assert from "node:assert/strict";
import fc from "fast-check";
import { reportHtml } from "../../report";
import { FakeWorld } from "../rollout/support/fakeWorld";
import { planned } from "../rollout/support/plans";
import { Story } from "../rollout/support/story";
import { attribute, Page, text, within } from "./page";
import { finished, promoted, rolledBack, story } from "./stories";

const htmlOf = ({ state, records }: Pick<Story, "state" | "records">, options = {}) =>
  reportHtml(state.id, records, options);
const pageOf = (one: Pick<Story, "state" | "records">, options = {}) => new Page(htmlOf(one, options));

const STORIES: [string, () => Story][] = [
  ["of a promoted rollout", promoted],
  ["of one that was rolled back", rolledBack],
  ["of one that has just begun", () => story()],
  ["of one that waits for an approval", () => story().tick()],
  [
    "of one that holds",
    () => {
      const one = story().to("shift-10");
      one.says("error-rate", { silence: "empty" });
      return one.tick(8);
    },
  ],
  [
    "of one that went back a stage",
    () => {
      const steps = [
        { share: 5, soak: "5m" },
        { share: 25, soak: "5m", gates: [{ require: "latency < 1", action: "step-back" }] },
        { share: 100 },
      ];
      const one = story({ steps }).to("shift-25");
      one.says("latency", 2);
      return one.tick(3);
    },
  ],
];

describe("the report of a rollout", () => {
  for (const [what, told] of STORIES) {
    describe(what, () => {
      let html: string;
      let page: Page;
      before(() => {
        html = htmlOf(told());
        page = new Page(html);
      });

      it("is valid HTML, and the same for the same records", () => {
        assert.deepEqual(page.errors, []);
        assert.equal(htmlOf(told()), html);
      });

      it("refers to nothing outside of itself, and runs nothing", () => {
        assert.deepEqual(
          page.all("script", "link", "img", "iframe", "object", "embed", "base", "form").map(({ tagName }) => tagName),
          [],
        );
        for (const element of page.elements) {
          for (const { name, value } of element.attrs) {
            assert.ok(!name.startsWith("on"), `${element.tagName} has ${name}`);
            assert.ok(!["src", "srcset", "data", "style"].includes(name), `${element.tagName} has ${name}`);
            assert.ok(!name.endsWith("href") || value.startsWith("#"), `${element.tagName} leads to ${value}`);
          }
        }
        assert.ok(!/@import|url\((?!#)/.test(html));
        const policy = page.all("meta").find((meta) => attribute(meta, "http-equiv") === "Content-Security-Policy");
        assert.match(attribute(policy!, "content")!, /^default-src 'none';/);
      });

      it("has an accessible name, a description and a table of figures for every chart", () => {
        const charts = page.all("svg").filter((svg) => attribute(svg, "aria-hidden") !== "true");
        for (const chart of charts) {
          assert.equal(attribute(chart, "role"), "img");
          const named = attribute(chart, "aria-labelledby")!
            .split(" ")
            .map((id) => page.byId(id));
          assert.deepEqual(
            named.map(({ tagName }) => tagName),
            ["title", "desc"],
          );
          named.forEach((each) => assert.ok(text(each).length > 5));
        }
        const figures = page.all("figure");
        assert.equal(figures.length, charts.length);
        figures.forEach((figure) => assert.ok(within(figure, "table").length > 0, attribute(figure, "id")));
      });

      it("has captions and scopes in every table, and rows as long as their head", () => {
        assert.ok(page.all("table").length > 2);
        for (const table of page.all("table")) {
          assert.equal(within(table, "caption").length, 1);
          within(table, "th").forEach((heading) => assert.match(attribute(heading, "scope") ?? "none", /^(row|col)$/));
          const lengths = within(table, "tr").map((row) => within(row, "th", "td").length);
          assert.deepEqual([...new Set(lengths)].length, 1, text(within(table, "caption")[0]!));
        }
      });

      it("names what is referred to, each once, and skips no level of headings", () => {
        for (const element of page.elements) {
          const ids = ["aria-labelledby", "href"].flatMap((name) => attribute(element, name)?.split(" ") ?? []);
          ids.forEach((id) => page.byId(id.replace(/^#/, "")));
        }
        const ids = page.elements.flatMap((element) => attribute(element, "id") ?? []);
        assert.equal(new Set(ids).size, ids.length);
        let level = 0;
        for (const { tagName } of page.all("h1", "h2", "h3", "h4", "h5")) {
          const next = Number(tagName[1]);
          assert.ok(next <= level + 1, `${tagName} after h${level}`);
          level = next;
        }
        assert.equal(page.all("h1").length, 1);
        assert.equal(page.all("main").length, 1);
      });
    });
  }

  it("says what came of it, in the title and in a sentence", () => {
    const good = pageOf(promoted());
    assert.equal(text(good.all("title")[0]!), "2.2.0 on the-routers: promoted");
    assert.match(
      text(good.all("header")[0]!),
      /2\.2\.0 serves everybody: green has taken over from blue, after 35m 30s\./,
    );
    const bad = pageOf(rolledBack());
    assert.match(
      text(bad.all("header")[0]!),
      /2\.2\.0 was taken back: gate error-rate < 1 failed in eu-west-1: 7\.25.*green had 50 % at the most\./,
    );
  });

  it("names the head, the digest and the number of the records", () => {
    const one = promoted();
    const rows = new Map(
      pageOf(one)
        .table("What identifies this rollout")
        .map(([name, value]) => [name, value]),
    );
    assert.equal(rows.get("Head: hash of the last record"), one.records.at(-1)!.hash);
    assert.equal(rows.get("Digest of the plan"), one.state.digest);
    assert.match(rows.get("Records")!, new RegExp(`^${one.records.length}, `));
    const counts = pageOf(one).table("Records by type").slice(1);
    assert.equal(
      counts.reduce((sum, [, count]) => sum + Number(count), 0),
      one.records.length,
    );
  });

  it("shows the weights that were read back, and when", () => {
    const one = promoted();
    const told = one.records.flatMap((record) =>
      record.type === "effect-done" && record.effect.kind === "up" && record.shares !== undefined
        ? [[new Date(record.at).toISOString().slice(0, 19).replace("T", " "), String(record.shares["us-east-1"])]]
        : [],
    );
    const shown = pageOf(one).table("The candidate's percentage").slice(2);
    assert.deepEqual(
      shown.map(([, at, share]) => [at, share]),
      told,
    );
    assert.deepEqual(
      told.map(([, share]) => share),
      ["10", "50", "100"],
    );
  });

  it("shows of each stage the lowest, the median and the highest value that was sampled in it", () => {
    const one = promoted();
    const begun = one.records.find((record) => record.type === "stage-begun" && record.stage === "shift-50")!.at;
    const left = one.records.find(
      (record) =>
        record.type === "decided" && record.decision.kind === "promote" && record.decision.stage === "shift-50",
    )!.at;
    const values = one.records
      .flatMap((record) =>
        record.type === "sampled" && record.sample.at > begun && record.sample.at <= left ? record.sample.readings : [],
      )
      .filter(({ metric, color, scope }) => metric === "latency" && color === "green" && scope === "eu-west-1")
      .map(({ value }) => value!);
    const row = pageOf(one)
      .table("latency: samples taken in each stage")
      .find(([stage, where]) => stage!.endsWith("shift-50") && where === "eu-west-1")!;
    assert.equal(row[3], String(values.length));
    assert.equal(Number(row[4]), Number(Math.min(...values).toPrecision(3)));
    assert.equal(Number(row[6]), Number(Math.max(...values).toPrecision(3)));
  });

  it("shows of each gate what the controller counted, and the worst value", () => {
    const page = pageOf(rolledBack());
    const tables = page.all("table").filter((each) => text(within(each, "caption")[0]!).startsWith("Gates"));
    const rows = within(tables.at(-1)!, "tr").map((row) => within(row, "th", "td").map(text));
    const failed = rows.filter((row) => row[2] === "✗ failed");
    assert.deepEqual(failed, [["error-rate < 1", "eu-west-1", "✗ failed", "7.25", "7.25", "1", "1", "1", "0"]]);
    assert.ok(rows.some((row) => row[1] === "us-east-1" && row[2] === "✓ held"));
  });

  it("shows how near each trigger came", () => {
    const one = story().reach("shift-50");
    // Above its limit for one interval, of two that it needs.
    const from = one.now;
    one.metric = (metric, color, _, at) =>
      metric === "error-rate" && color === "green" && at > from + 60_000 && at <= from + 120_000 ? 6 : 0.1;
    const rows = pageOf(finished(one)).table("Triggers, in each place");
    const row = rows.find(([name, where]) => name!.startsWith("errors") && where === "total")!;
    assert.equal(row[2], "1m");
    assert.equal(row[4], "6");
  });

  it("shows approvals, hooks, notifications and what changed", () => {
    const one = promoted();
    one.record({ type: "notified", channel: "people", notice: "done", ok: false, problem: "answered 500" });
    const page = pageOf(one);
    const [, approval] = page.table("Approvals that the plan asks for");
    assert.deepEqual(approval!.slice(0, 3), ["shift-10", "captain", "grace@example.org"]);
    assert.equal(approval![5], "✓ same digest");
    assert.deepEqual(
      page
        .table("What the pipeline ran")
        .slice(1)
        .map((row) => row[0]),
      ["smoke"],
    );
    assert.deepEqual(page.table("What channels were told")[1]!.slice(1), ["people", "done", "✗ answered 500"]);
  });

  it("has cost only where it is given, of the time in which both colors ran", () => {
    const one = promoted();
    assert.ok(!htmlOf(one).includes("Cost of both colors"));
    const rows = pageOf(one, { cost: { steady: 10, both: 15, basis: "List prices." } }).table("At the hourly rates");
    const usd = (cell: string) => Number(cell.slice(1));
    assert.deepEqual(
      rows.slice(1).map((row) => usd(row[1]!)),
      [10, 15, 5],
    );
    assert.ok(Math.abs(usd(rows[3]![2]!) - (usd(rows[2]![2]!) - usd(rows[1]![2]!))) < 0.011);
  });

  it("shows texts of others as they are: none becomes markup", () => {
    const evil = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&amp;`;
    const one = story();
    const { plan } = one;
    Object.assign(plan, { release: evil });
    plan.stages.forEach((stage) => Object.assign(stage, { checklist: [evil] }));
    one.reach("shift-50");
    one.record({ type: "signaled", signal: evil, by: evil, reason: evil });
    one.record({ type: "decided", decision: { kind: "hold", reason: evil, by: evil } });
    one.record({
      type: "effect-done",
      effect: { kind: "hook", stage: "shift-50", hook: evil },
      changed: [evil],
      output: evil,
    });
    one.record({ type: "notified", channel: evil, notice: evil, ok: false, problem: evil });
    const page = pageOf(one, { note: evil, units: { "error-rate": evil } });
    assert.deepEqual(page.errors, []);
    assert.deepEqual(page.all("script", "img"), []);
    assert.ok(text(page.all("h1")[0]!).includes(evil));
    assert.ok(text(page.all("title")[0]!).includes(evil));
    assert.ok(page.all("pre").some((pre) => text(pre) === evil));
  });

  it("shows any reason as it was written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (reason) => {
        // A browser reads these as others, whatever the page says.
        const shown = reason.replaceAll(/\r\n?/g, "\n").replaceAll("\0", "");
        const one = story().tick();
        one.record({ type: "decided", decision: { kind: "hold", reason: `<${shown}>` } });
        const page = pageOf(one);
        assert.ok(text(page.all("header")[0]!).includes(`<${shown}>`));
      }),
      { numRuns: 40 },
    );
  });

  it("shows what the judge compared, beside what it said, and the URNs that changed", async () => {
    const judge = { metrics: { latency: { metric: "latency", worse: "higher" as const, maxRatio: 1.2 } } };
    const world = new FakeWorld(planned({ judge, steps: [{ share: 50, soak: "15m" }, { share: 100 }] }));
    world.metric = (_, color, __, at) => 0.2 + ((at / 30_000) % 11) / 50 + (color === "green" ? 0.001 : 0);
    const controller = await world.start();
    await world.run(controller, 7200);
    const looks = world.records.flatMap((record) => (record.type === "judged" ? [record] : []));
    assert.ok(looks.length > 0);
    const page = pageOf({ state: controller.state, records: world.records });
    const changed = world.records.flatMap((record) => (record.type === "effect-done" ? record.changed : []));
    const listed = page
      .all("div")
      .filter((each) => attribute(each, "class") === "urns")
      .flatMap((group) => {
        const [start] = within(group, "p").map(text);
        return within(group, "li").map((name) => `${start}${text(name)}`);
      });
    assert.ok(changed.length > 0);
    assert.deepEqual(new Set(listed), new Set(changed));
    for (const { look, verdict } of looks) {
      const rows = page.table(`Look ${look}: what it says`).slice(1);
      assert.deepEqual(
        rows.map((row) => row.at(-1)),
        verdict.metrics.map(({ reason }) => reason),
      );
      assert.ok(rows.every((row) => row[1] !== ""));
      const figure = page.byId(`look-${look}-latency`);
      const counts = within(figure, "tr")
        .slice(1)
        .map((row) => Number(text(within(row, "td")[1]!)));
      assert.ok(counts.length > 0 && counts.every((count) => count >= 10), counts.join());
    }
  });

  it("stays below 1.5 MB with many metrics and samples, and keeps their one peak", function () {
    this.timeout(240_000);
    const names = Array.from({ length: 14 }, (_, index) => `metric-${index + 1}`);
    const gates = names.map((name) => `${name} < 100`);
    const one = new Story(
      planned(
        { steps: [{ share: 50, soak: "2d", gates }, { share: 100 }], validate: { soak: "1m" }, triggers: [] },
        {
          metrics: Object.fromEntries(names.map((name) => [name, { source: "prometheus", query: name }])),
          triggers: {},
        },
      ),
    ).to("shift-50");
    const peak = one.now + 86_400_000;
    one.metric = (metric, _, scope, at) =>
      metric === "metric-7" && scope === "eu-west-1" && Math.abs(at - peak) < 16_000
        ? 43.21
        : Math.abs(Math.sin(at)) * 10;
    finished(one.tick(5760));
    const html = htmlOf(one);
    assert.ok(one.records.length > 5000);
    assert.ok(html.length < 1_500_000, `${html.length}`);
    const drawing = within(new Page(html).byId("metric-metric-7"), "svg")[0]!;
    assert.ok(text(drawing).includes("highest 43.2"));
  });
});
