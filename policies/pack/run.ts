import { clausesOf, levelOf } from "../check";
import { evaluate } from "../evaluate";
import type { Graph, Resource } from "../graph";
import type { Level, Rule } from "../rule";
import type { Settings } from "../settings";
import { isExpired, waives } from "../waivers";
import { withRuleConfig } from "./settings";

/** What came of a rule's check of some resources. */
export interface Checked {
  violations: readonly { urn: string; message: string }[];
  /** Whether it said anything, and everything was known. */
  decided: boolean;
  /** What was not known. */
  reason?: string;
}

/** A rule in the engine's hands. */
export class Run {
  /** As the program's config says; the engine may set another. */
  public level: Level | "disabled";
  private settings: Settings;

  public constructor(
    public readonly rule: Rule,
    private readonly base: Settings,
    private readonly today: Date,
  ) {
    this.level = clausesOf(rule, base, {}).length === 0 ? "disabled" : levelOf(rule, base);
    this.settings = base;
  }

  /** Takes what the engine says of the rule: its level, and what `--policy-pack-config` sets. @throws Error when that is wrong. */
  public configure(level: Level | "disabled", config: object): void {
    this.level = level;
    this.settings = withRuleConfig(this.base, this.rule.id, config);
  }

  /** Checks resources. What is not known in a preview is checked again in the update: until then it is not passed. */
  public check(resources: readonly Resource[], graph: Graph): Checked {
    const { settings, today } = this;
    const verdicts = resources.map((resource) => ({
      urn: resource.urn,
      ...evaluate(this.rule, resource, graph, { settings, today }),
    }));
    const open = verdicts.find((verdict) => verdict.outcome === "undetermined");
    return {
      violations: verdicts.flatMap((verdict) =>
        verdict.outcome === "violated" && !this.isWaived(verdict.urn) ? verdict : [],
      ),
      decided: open === undefined && verdicts.some(({ outcome }) => outcome !== "notApplicable"),
      ...(open?.outcome === "undetermined" ? { reason: `not known yet: ${open.reason}` } : {}),
    };
  }

  private isWaived(urn: string): boolean {
    return this.settings.waivers.some((waiver) => !isExpired(waiver, this.today) && waives(waiver, this.rule, urn));
  }
}
