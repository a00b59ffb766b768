import type { Rule } from "../../rule";
import { eksSupportedVersion } from "./eksSupportedVersion";
import { elasticacheSupportedVersion } from "./elasticacheSupportedVersion";
import { extendedSupportOff } from "./extendedSupportOff";
import { lambdaSupportedRuntime } from "./lambdaSupportedRuntime";
import { rdsSupportedVersion } from "./rdsSupportedVersion";
import { versionsEndingSoon } from "./versionsEndingSoon";

/** Rules on supported versions. */
export const versionsRules: readonly Rule[] = [
  eksSupportedVersion,
  rdsSupportedVersion,
  elasticacheSupportedVersion,
  lambdaSupportedRuntime,
  versionsEndingSoon,
  extendedSupportOff,
];
