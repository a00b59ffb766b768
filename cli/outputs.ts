import type { Json } from "../rollout/engine";
import { bold, colorName, dim } from "./paint";

/** The weights in force, when a stack has routers: what a reader of a stage looks for first. Empty otherwise. */
export function outputsText(outputs: Readonly<Record<string, Json>>): string {
  const traffic = outputs["traffic"] as { regions?: Record<string, { weights?: Record<string, Json> }> } | undefined;
  const rows = Object.entries(traffic?.regions ?? {}).map(
    ([region, { weights }]) =>
      `  ${region.padEnd(16)} ${colorName.blue(percentText(weights?.["blue"]))} blue   ${colorName.green(percentText(weights?.["green"]))} green`,
  );
  return rows.length === 0
    ? ""
    : [`${bold("Weights")} ${dim("(percentage of each region's requests)")}`, ...rows].join("\n");
}

/** A percentage, right-aligned. */
export function percentText(value: Json | undefined): string {
  return (typeof value === "number" ? `${value} %` : "unknown").padStart(7);
}
