import { nameOf } from "../pulumi/urn";
import { EngineError, type Json, type Plan } from "../rollout/engine";
import type { PlanCheck } from "../rollout/ports";
import { checkPlans, isViolation, type CheckedStack, type CheckResult } from "./check";
import { planned } from "./planned";
import { circumstancesOf } from "./plans";
import { RULES } from "./rules";
import { recordsOf, type StateResource } from "./state";

/** What a check before each stage needs to know of the deployment. */
export interface StageCheckArgs {
  /** The project's directory. */
  project: string;
  /** The stacks of the deployment: the one with the rollout, and all that it reads. */
  stacks: readonly string[];
  /** The stack with the rollout. */
  stack: string;
  /** Name of the plan of the rollout. */
  plan: string;
  /** Values over the stack's config, for the whole rollout. @default - none */
  set?: Readonly<Record<string, Json>>;
  /** What is recorded of a stack now. @throws EngineError when it cannot be read. */
  recorded: (stack: string) => Promise<readonly StateResource[]>;
  /** The day for which versions and waivers are judged. */
  today: () => Date;
}

/**
 * The policies, before each stage of a rollout: all rules on the stack that the stage changes, and the rules over several
 * stacks on what it then stands beside. Config is read anew each time, so that a waiver lets a stage that is held go on.
 */
export function stageCheck(args: StageCheckArgs): PlanCheck {
  return { violations: (plan) => violations(plan, args) };
}

async function violations(plan: Plan, args: StageCheckArgs): Promise<string[]> {
  const { project, stack, set, recorded, today } = args;
  const now = today();
  const stacks = await Promise.all(
    args.stacks.map(async (name): Promise<CheckedStack> => {
      const before = recordsOf(await recorded(name));
      const own = name === stack ? { set, plan: args.plan } : {};
      const records = name === plan.stack ? planned(plan, before) : before;
      return { ...circumstancesOf(project, name, own), records, before };
    }),
  );
  const changed = stacks.filter((one) => one.stack === plan.stack);
  if (changed.length === 0) {
    throw new EngineError(`stack ${plan.stack} is none of those that ${stack} reads: ${args.stacks.join(", ")}`);
  }
  return [
    ...sentences(checkPlans(stacks, { today: now, rules: RULES.filter(({ scope }) => scope === "stacks") })),
    ...sentences(checkPlans(changed, { today: now, rules: RULES.filter(({ scope }) => scope !== "stacks") })),
  ];
}

/** The violations that stop a deployment, in sentences. */
function sentences({ rules }: CheckResult): string[] {
  return rules.flatMap(({ rule, findings }) =>
    findings.flatMap((finding) =>
      isViolation(finding) && finding.level === "mandatory" && finding.verdict.outcome === "violated"
        ? [`${rule.id}: ${nameOf(finding.urn)}: ${finding.verdict.message}`]
        : [],
    ),
  );
}
