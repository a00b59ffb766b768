import type { Rule } from "../../rule";
import { waiversInOrder } from "./waiversInOrder";

/** Rules on exceptions. */
export const governanceRules: readonly Rule[] = [waiversInOrder];
