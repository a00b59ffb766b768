import type { Json } from "../rollout/engine";

/** Plain values by name. */
export type Fields = Readonly<Record<string, Json>>;

/** A value as an object; empty where it is none. */
export function fields(value: Json | Fields | undefined): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

/** A value as a list of objects; empty where it is none. */
export function items(value: Json | undefined): Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

/** A value as a text; empty where it is none. */
export function text(value: Json | undefined): string {
  return typeof value === "object" ? "" : String(value ?? "");
}

/** A value as a list of texts; empty where it is none. */
export function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The region in an ARN; empty where there is none. */
export function regionOf(arn: string): string {
  return arn.split(":")[3] ?? "";
}
