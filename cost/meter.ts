import type { Resource } from "../policies/graph";
import type { CostContext } from "./context";

/** What the parts of a cost are called. */
export const PARTS = [
  "compute",
  "database",
  "cache",
  "network",
  "storage",
  "edge",
  "ai",
  "security",
  "observability",
] as const;
export type Part = (typeof PARTS)[number];

/** Something that a resource uses and that has a price. */
export interface Use {
  part: Part;
  /** Name in the price table. */
  price: string;
  /** For a price per hour or month: how many there are on average; otherwise how many a month. */
  quantity: number;
  /** The same while both colors run at full capacity. @default - `quantity` */
  both?: number;
  /** The region whose price it has. @default - the region of the resource */
  at?: string;
}

/** What one resource uses. @throws Undetermined when a property that it depends on is not known yet. */
export type Meter = (resource: Resource, context: CostContext) => Use[];
/** Meters by the type that they are for. */
export type Meters = Readonly<Record<string, Meter>>;
