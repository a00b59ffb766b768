import { z } from "zod";
import { CLOUDS, type Cloud } from "../../config/clouds";
import type { Wired } from "../wired";
import { awsPlatformContract } from "./aws";
import { azurePlatformContract } from "./azure";
import { kubernetesPlatformContract } from "./kubernetes";

/**
 * The outputs of the platform layer, by what the platform is made of. Deployment, jurisdictions and regions say the same facts on
 * all of them; what workloads connect to differs.
 */
export const PLATFORM_CONTRACTS = {
  aws: awsPlatformContract,
  azure: azurePlatformContract,
  kubernetes: kubernetesPlatformContract,
} as const satisfies Record<Cloud, z.ZodType>;

const anyPlatform = z.looseObject({ facts: z.looseObject({ cloud: z.enum(CLOUDS) }) });

/**
 * Reads the outputs of a platform, whatever it is made of.
 *
 * @throws z.ZodError when they keep the contract of no cloud.
 */
export function platformOutputs(value: unknown): PlatformOutputs {
  return PLATFORM_CONTRACTS[anyPlatform.parse(value).facts.cloud].parse(value);
}

export type PlatformOutputs<C extends Cloud = Cloud> = z.infer<(typeof PLATFORM_CONTRACTS)[C]>;
/** The platform's outputs inside one program run: leaves may be unknown yet. */
export type Platform<C extends Cloud = Cloud> = { [Each in C]: Wired<PlatformOutputs<Each>> }[C];

/** What the layers that follow need of a platform, whatever it is made of. */
export type PlatformFacts = Pick<Platform, "facts"> & {
  jurisdictions: Readonly<Record<string, Pick<Platform["jurisdictions"][string], "facts">>>;
  regions: Readonly<Record<string, Pick<Platform["regions"][string], "facts">>>;
};
