import { questionOf } from "../../rollout/core/rollBack";
import type { WatchedStage } from "../../rollout/core/plan";
import { stageOf, type State } from "../../rollout/core/state";
import { durationText } from "../../rollout/duration";
import { suspended } from "../../rollout/messages";
import { shareIn } from "../../rollout/stage";
import { bold, colorName, dim, green, red, yellow } from "../paint";
import { suggested, type Place } from "./suggest";

/** Where a rollout stands, in a word. */
export function phaseOf(state: State): string {
  const { outcome, rollback, hold } = state;
  if (outcome !== undefined) {
    return outcome.outcome;
  }
  if (rollback !== undefined) {
    return "rolling back";
  }
  if (hold !== undefined) {
    return hold.afterStepBack ? "went back, holds" : "holds";
  }
  return state.progress.watchedSince !== undefined && (stageOf(state)?.soakSeconds ?? 0) > 0
    ? "watching"
    : "in progress";
}

/** The screen of a rollout: stages, weights, gates with their last values, time left. Eighty columns. @param place - Where the commands that it advises work. */
export function statusText(state: State, now: number, place: Place): string {
  const { plan } = state;
  const phase = phaseOf(state);
  const paint =
    { promoted: green, "rolled-back": red, "rolling back": red, holds: yellow, "went back, holds": yellow }[phase] ??
    bold;
  const reason = state.outcome?.reason ?? state.rollback?.reason ?? state.hold?.reason;
  return [
    `${bold(`${plan.release} on ${plan.stack}`)}  ${dim(`rollout ${state.id}, plan ${plan.plan}, ${plan.active} to ${plan.candidate}`)}`,
    `${paint(phase)}  ${dim(timeLine(state, now))}`,
    ...(reason === undefined ? [] : wrap(reason, 78).map((line) => `  ${line}`)),
    "",
    ...stageLines(state),
    "",
    ...weightLines(state),
    ...gateLines(state),
    ...triggerLines(state),
    ...suspended(state).flatMap((line) => wrap(line, 78)),
    ...nextLines(state, now, place),
  ].join("\n");
}

function timeLine(state: State, now: number): string {
  const { outcome, begun, plan, index, progress } = state;
  const elapsed = `${durationText(((outcome?.at ?? now) - begun) / 1000)} since it began`;
  if (outcome !== undefined || state.rollback !== undefined) {
    return elapsed;
  }
  const left =
    plan.stages.slice(index).reduce((sum, { soakSeconds }) => sum + soakSeconds, 0) - progress.coveredSeconds;
  return `${elapsed}, at least ${durationText(Math.max(0, left))} to go`;
}

function stageLines({ plan, index, outcome, rollback, progress, attempts }: State): string[] {
  return plan.stages.map((stage, each) => {
    const passed = each < index;
    const current = each === index && outcome === undefined;
    const stopped = each === index && (rollback !== undefined || outcome?.outcome === "rolled-back");
    const sign = passed ? green("✓") : stopped ? red("✗") : current ? yellow("●") : dim("○");
    const share = stage.kind === "shift" ? `${stage.share} %` : "";
    const soak =
      stage.soakSeconds === 0
        ? ""
        : current && progress.watchedSince !== undefined
          ? `${bar(progress.coveredSeconds / stage.soakSeconds, 10)} ${durationText(progress.coveredSeconds)} of ${durationText(stage.soakSeconds)}`
          : durationText(stage.soakSeconds);
    const attempt = (attempts.get(stage.name) ?? 1) > 1 ? `attempt ${attempts.get(stage.name)}` : "";
    const asks = each >= index && stage.approvals.length > 0 ? `needs ${stage.approvals.join(", ")}` : "";
    const text =
      `${stage.name.padEnd(26)} ${share.padStart(6)}  ${[soak, attempt, asks].filter((part) => part !== "").join("  ")}`.trimEnd();
    return `${sign} ${passed || (!current && !stopped) ? dim(text) : text}`;
  });
}

function weightLines(state: State): string[] {
  const { plan, shares, sample, rollback, outcome } = state;
  if (Object.keys(shares).length === 0) {
    return [];
  }
  const paint = colorName[plan.candidate];
  const lines = plan.routed.map((region) => {
    const share = shares[region];
    const served = servedShare(state, region);
    const note = !(region in plan.regions)
      ? dim("stands by")
      : served === undefined
        ? ""
        : dim(`${served.toFixed(1)} % served`);
    // What goes back, or has ended, is not on its way to what the stage says.
    const set = rollback === undefined && outcome === undefined ? stageOf(state) : undefined;
    const wanted =
      set === undefined
        ? ""
        : shareIn(set, region) === share || !state.progress.applied
          ? ""
          : yellow(` set ${shareIn(set, region)} %`);
    return `  ${region.padEnd(16)} ${paint(bar((share ?? 0) / 100, 24))} ${`${share ?? "?"} %`.padStart(6)}${wanted}  ${note}`.trimEnd();
  });
  return [
    `${bold("weights")} ${dim(`of ${plan.candidate}, read from the routers`)}`,
    ...lines,
    ...(sample === undefined ? [] : [""]),
  ];
}

/** The candidate's percentage of the requests that were served, by the metrics: stickiness makes it another than the weight. */
export function servedShare({ sample, plan }: State, region: string): number | undefined {
  const count = (color: string) =>
    sample?.readings.find(
      (reading) => reading.metric === "requests" && reading.color === color && reading.scope === region,
    )?.value;
  const [candidate, active] = [count(plan.candidate), count(plan.active)];
  return candidate === undefined || active === undefined || candidate + active === 0
    ? undefined
    : (100 * candidate) / (candidate + active);
}

function gateLines(state: State): string[] {
  const stage = stageOf(state);
  if (stage === undefined || stage.gates.length === 0 || state.progress.watchedSince === undefined) {
    return [];
  }
  const lines = stage.gates.flatMap((gate, index) =>
    [...state.progress.gates[index]!].map(([scope, { last, failures, samples }], each) => {
      const name = each === 0 ? gate.text : "";
      const value = last.value === undefined ? wordFor(last.result) : Number(last.value.toPrecision(3)).toString();
      const sign = last.result === "met" ? green("✓") : last.result === "unmet" ? red("✗") : yellow("?");
      const counted = `${samples} samples${failures > 0 ? `, ${failures} failed` : ""}`;
      return `  ${sign} ${name.padEnd(32)} ${scope.padEnd(16)} ${value.padStart(9)}  ${dim(counted)}`;
    }),
  );
  return [bold("gates"), ...lines, ""];
}

function wordFor(result: string): string {
  return { few: "too few", error: "error" }[result] ?? "no data";
}

function triggerLines({ plan, triggers }: State): string[] {
  const pending = plan.triggers.flatMap(({ name, text, forSeconds }) =>
    [...(triggers.get(name) ?? [])]
      .filter(([, count]) => count.heldSeconds !== undefined)
      .map(([scope, { heldSeconds, last }]) => {
        const value = last.value === undefined ? "" : ` (${Number(last.value.toPrecision(3))})`;
        return `  ${red("!")} ${text}${value} in ${scope} for ${durationText(heldSeconds!)} of ${durationText(forSeconds)}`;
      }),
  );
  return pending.length === 0 ? [] : [bold("triggers"), ...pending, ""];
}

/** What people can do now. */
function nextLines(state: State, now: number, place: Place): string[] {
  const { outcome, rollback, hold, plan } = state;
  if (outcome !== undefined) {
    return [];
  }
  if (rollback !== undefined) {
    const asks = questionOf(state, now);
    return asks === undefined ? [] : approvalLines(state, place, asks);
  }
  if (hold !== undefined) {
    const by = hold.decideBy === undefined ? "" : ` before ${new Date(hold.decideBy).toISOString()}, or it rolls back`;
    const choice = (command: string, what: string) => [`  ${suggested(place, command)} -m "why"`, `      ${what}`];
    return [
      `Decide${by}:`,
      ...(hold.afterStepBack ? [] : choice("resume", "watches the stage again")),
      ...choice("promote", "goes on without the rest of the evidence"),
      ...choice("abort", `takes everybody back to ${plan.active}`),
    ];
  }
  const stage = stageOf(state);
  return stage === undefined || state.progress.begun
    ? []
    : approvalLines(state, place, { ...stage, stage: stage.name });
}

/** What is approved, by whom that is awaited, and how. */
function approvalLines(
  { approvals, plan, digest }: State,
  place: Place,
  { stage, approvals: roles, checklist }: Pick<WatchedStage, "approvals" | "checklist"> & { stage: string },
): string[] {
  const missing = roles.filter((role) => !approvals.some((each) => each.role === role && each.stage === stage));
  const command = `  ${suggested(place, "approve")}`;
  const asked = `--role ${missing[0]} --digest ${digest.slice(0, 12)}`;
  const lines = [
    ...(command.length + asked.length < 78 ? [`${command} ${asked}`] : [command, `    ${asked}`]),
    ...(plan.allowedSigners === undefined ? [] : ["    --key ~/.ssh/id_ed25519"]),
  ];
  return missing.length === 0
    ? []
    : [`${stage} waits for ${missing.join(", ")}:`, ...checklist.map((item) => `  - ${item}`), lines.join(" \\\n")];
}

/** A bar of so many columns. */
export function bar(part: number, columns: number): string {
  const full = Math.round(Math.min(1, Math.max(0, part)) * columns);
  return "█".repeat(full) + "░".repeat(columns - full);
}

/** Breaks a text into lines at spaces. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + word.length + 1 > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
