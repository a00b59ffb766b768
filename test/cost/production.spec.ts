import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { breakEven } from "../../cost/breakEven";
import { costOf, type Cost } from "../../cost/cost";
import { costInputs, type CostInputs } from "../../cost/inputs";
import { PRICES } from "../../cost/priceTable";
import { resourcesOf, type CostResource } from "../../cost/resources";
import { costText } from "../../cli/costText";
import { createRehearsal, type Rehearsal } from "../../rehearsal";
import { clouds } from "../../rehearsal/clouds";
import { bringUpWhole, type Whole } from "../../rehearsal/whole";
import { cutover } from "../cli/command";
import { PROJECT } from "../stacks/production";

const GOLDEN = join(__dirname, "../golden/cost-production.json");

/** What a reviewer reads: USD an hour to the cent, and why what is missing is missing. */
function readable({ hourly, perPart, perRegion, perStudentDay, notPriced }: Cost, enough: number | undefined) {
  const cents = (usd: number) => Math.round(usd * 100) / 100;
  const rates = (all: Readonly<Record<string, { steady: number; both: number }>>) =>
    Object.fromEntries(Object.entries(all).map(([key, { steady, both }]) => [key, [cents(steady), cents(both)]]));
  return {
    hourly: [cents(hourly.steady), cents(hourly.both)],
    perPart: rates(perPart),
    perRegion: rates(perRegion),
    perStudentDay: [perStudentDay.steady, perStudentDay.both].map((usd) => Math.round(usd * 1e5) / 1e5),
    enoughStudents: enough,
    notPriced: notPriced.map(({ type, count, why }) => `${count} ${type}: ${why}`).sort(),
  };
}

describe("the cost of production", () => {
  let engine: Rehearsal;
  let whole: Whole;
  let resources: CostResource[];
  let inputs: CostInputs;
  let cost: Cost;

  before(async () => {
    engine = createRehearsal({ project: PROJECT, clouds });
    whole = await bringUpWhole({ project: PROJECT, stack: "production", set: {}, engine });
    resources = whole.plans.flatMap(({ steps }) => resourcesOf(steps));
    inputs = costInputs(whole.config.platform!.cost, whole.config.platform!.regions);
    cost = costOf(resources, PRICES, inputs);
  });

  it("is the golden table", () => {
    const golden: unknown = JSON.parse(readFileSync(GOLDEN, "utf8"));
    const now = readable(cost, breakEven(resources, PRICES, inputs));
    assert.deepEqual(
      now,
      golden,
      `test/golden/cost-production.json is out of date; it is now\n${JSON.stringify(now, null, 2)}`,
    );
  });

  it("prices or explains every type of resource", () => {
    assert.deepEqual(
      cost.notPriced.filter(({ why }) => why === "no price is known" || why.startsWith("no price of")),
      [],
    );
  });

  it("while both colors run is what the same resources cost once the candidate has its full capacity", async () => {
    const application = await engine.up("production-application", { set: { "capacity.green": "full" } });
    const [platform, , traffic] = whole.plans;
    const both = [platform!, application, traffic!].flatMap(({ steps }) => resourcesOf(steps));
    const during = costOf(both, PRICES, inputs).hourly;
    assert.ok(Math.abs(during.steady - cost.hourly.both) < 1e-6, `${during.steady} is not ${cost.hourly.both}`);
    assert.ok(Math.abs(during.both - during.steady) < 1e-6);
  });

  it("is within the budget of a student, and asks for no more pods than there may be", () => {
    assert.ok(cost.perStudentDay.both < inputs.budgetStudentDay);
    assert.deepEqual(cost.shortages, []);
  });

  it("reads well on 80 columns", () => {
    const text = costText({ stack: "production", cost, inputs, prices: PRICES, enough: 25_000, fixed: 40 });
    assert.deepEqual(
      text.split("\n").filter((line) => line.length > 80),
      [],
    );
    assert.match(text, /list prices of 2026-11-21/);
    assert.match(text, /the budget holds from 25,000 on/);
  });

  it("is printed by the command, with exactly the promised keys", async () => {
    const ran = await cutover(["cost", "--stack", "production", "--json", "--set", "cost.students=2000000"]);
    assert.equal(ran.code, 0, ran.stderr);
    const printed = JSON.parse(ran.stdout);
    assert.deepEqual(Object.keys(printed).sort(), [
      "bothColors",
      "hourly",
      "notPriced",
      "perPart",
      "perRegion",
      "perStudentDay",
    ]);
    assert.ok(printed.hourly > cost.hourly.steady, "two million students cost more than one");
    assert.ok(Math.abs(printed.perStudentDay - (printed.hourly * 24) / 2_000_000) < 1e-12);
  });

  it("fails for a stack that there is not, and for an input that cannot be, with exit code 2", async () => {
    const [missing, wrong] = await Promise.all([
      cutover(["cost", "--stack", "nowhere"]),
      cutover(["cost", "--stack", "production", "--set", "cost.students=0"]),
    ]);
    assert.equal(missing.code, 2);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /production-platform[^]*cutover:cost\.students/);
  });
});
