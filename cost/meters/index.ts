import type { Meter } from "../meter";
import { ai } from "./ai";
import { azure } from "./azure";
import { compute } from "./compute";
import { data } from "./data";
import { edge } from "./edge";
import { governance } from "./governance";
import { network } from "./network";

const ALL = [compute, data, network, edge, ai, governance, azure];

/** The meters of a type: several, where its resources cost in several parts; none where nothing is known about it. */
export function metersOf(type: string): Meter[] {
  return ALL.flatMap((meters) => (Object.hasOwn(meters, type) ? [meters[type]!] : []));
}
