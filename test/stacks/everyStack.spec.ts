import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { costOf } from "../../cost/cost";
import { costInputs } from "../../cost/inputs";
import { PRICES } from "../../cost/priceTable";
import { resourcesOf } from "../../cost/resources";
import { checkPlans, isViolation } from "../../policies/check";
import { plansOf } from "../../policies/plans";
import { createRehearsal, type Rehearsal } from "../../rehearsal";
import { clouds } from "../../rehearsal/clouds";
import { rehearse } from "../../rehearsal/rehearse";
import { readStackConfig, stacksOf } from "../../rehearsal/release";
import { bringUpWhole, type Whole } from "../../rehearsal/whole";
import { changed, outside } from "../../rollout/touch";
import { routerKind } from "../../stacks/config/routers";
import { badManifests } from "../support/manifests";
import { graphText } from "./graphText";

const PROJECT = join(__dirname, "../..");
const GOLDEN = join(__dirname, "../golden/graphs");

/** Every stack of the repository. */
const STACKS = readdirSync(PROJECT)
  .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
  .sort();

/** One line of the table at the end. */
interface Row {
  stack: string;
  resources: number;
  shift: string;
  rehearsal: string;
  policies: string;
  perStudentDay: string;
}

/** What is written where something does not apply: a platform's stack shifts nothing. */
const NONE = "–";

describe("every stack of the repository", function () {
  this.timeout(600_000);
  const rows: Row[] = [];
  after(() => console.log(table(rows)));

  for (const stack of STACKS) {
    describe(stack, () => {
      const row: Row = { stack, resources: 0, shift: NONE, rehearsal: NONE, policies: NONE, perStudentDay: NONE };
      const config = readStackConfig(PROJECT, stack);
      let engine: Rehearsal;
      let whole: Whole;
      before(async () => {
        rows.push(row);
        engine = createRehearsal({ project: PROJECT, clouds });
        whole = await bringUpWhole({ project: PROJECT, stack, set: {}, engine });
      });

      it("has the graph of its golden file", () => {
        const plan = whole.plans.at(-1)!;
        row.resources = plan.steps.length;
        const path = join(GOLDEN, `${stack}.txt`);
        const now = graphText(plan);
        if (process.env.CUTOVER_GOLDEN === "write") {
          mkdirSync(dirname(path), { recursive: true });
          writeFileSync(path, now);
        }
        assert.ok(existsSync(path), `${path} is not there: CUTOVER_GOLDEN=write writes it`);
        assert.ok(
          now === readFileSync(path, "utf8"),
          `the graph of ${stack} changed; CUTOVER_GOLDEN=write npx mocha test/stacks/everyStack.spec.ts writes it, and git diff shows what`,
        );
      });

      it("has Kubernetes objects that keep their published schemas", () => {
        assert.deepEqual(badManifests(whole.plans.at(-1)!.steps), []);
      });

      it("is the same when it is brought up again", async () => {
        assert.deepEqual(changed((await engine.preview(stack)).steps), []);
      });

      it("passes every mandatory policy, with no waiver but those in its files", () => {
        const result = checkPlans(plansOf(engine, PROJECT, stack), { today: new Date() });
        const findings = result.rules.flatMap(({ rule, findings: found }) =>
          found.map((finding) => ({ rule: rule.id, ...finding })),
        );
        const violations = findings.filter((finding) => isViolation(finding) && finding.level === "mandatory");
        assert.deepEqual(
          violations.map(({ rule, urn }) => `${rule} ${urn}`),
          [],
        );
        row.policies = `pass, ${findings.filter(({ waiver }) => waiver !== undefined).length} waived`;
      });

      it("says what it costs for each student", () => {
        const { platform } = whole.config;
        assert.ok(platform !== undefined, "the platform is deployed by it, or by a stack that it reads");
        const resources = whole.plans.flatMap(({ steps }) => resourcesOf(steps));
        const cost = costOf(resources, PRICES, costInputs(platform.cost, platform.regions));
        assert.ok(cost.perStudentDay.steady > 0, JSON.stringify(cost.perStudentDay));
        row.perStudentDay = `$${cost.perStudentDay.steady.toFixed(4)}`;
      });

      const { traffic } = config;
      if (traffic === undefined) {
        return;
      }

      it("shifts traffic by weights alone", async () => {
        // What has no gateway switches at once.
        const share = routerKind(traffic.routers) === "service-switch" ? 100 : 10;
        const green = traffic.active === "blue" ? share : 100 - share;
        const { steps } = await engine.preview(stack, { set: { "traffic.green": green } });
        assert.ok(changed(steps).length > 0);
        assert.deepEqual(outside(steps, ["weights"]), []);
        row.shift = `${changed(steps).length} routers`;
      });

      it("is rehearsed to the end of its plan", async () => {
        const result = await rehearse({ project: PROJECT, clouds, stack });
        assert.equal(result.outcome, "promoted", result.reason);
        assert.deepEqual(
          result.stages.flatMap(({ outside: beyond }) => beyond),
          [],
        );
        row.rehearsal = `${result.plan}: ${result.outcome}, ${result.stages.length - stacksOf(stack, config.stacks).length} stages`;
      });
    });
  }
});

function table(rows: readonly Row[]): string {
  const head: Record<keyof Row, string> = {
    stack: "stack",
    resources: "resources",
    shift: "a shift changes",
    rehearsal: "rehearsal",
    policies: "policies",
    perStudentDay: "student and day",
  };
  const keys = Object.keys(head) as (keyof Row)[];
  const lines = [head, ...rows];
  const width = (key: keyof Row) => Math.max(...lines.map((line) => String(line[key]).length));
  return lines
    .map((line) =>
      keys
        .map((key) => String(line[key]).padEnd(width(key)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
