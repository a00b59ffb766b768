import { ConfigError, EngineError } from "../../rollout/engine";
import { cloudFaults } from "./clouds";
import { controllerFaults } from "./controller";
import type { Fault } from "./fault";
import { metricFaults } from "./metrics";
import { releaseFaults } from "./release";

/** Everything that can go wrong in a rehearsal, by name. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  ...releaseFaults,
  ...metricFaults,
  ...cloudFaults,
  ...controllerFaults,
};

/** A fault that was asked for. */
export interface PlannedFault {
  name: string;
  /** Name of the stage that it begins with. @default - the fault's own */
  stage?: string;
  /** The region that it is limited to. @default - the fault's own */
  region?: string;
}

/**
 * Reads what was asked for: `NAME[@STAGE][:REGION]`.
 *
 * @throws EngineError for what is none.
 */
export function parseFault(text: string): PlannedFault {
  const { name, stage, region } =
    /^(?<name>[^@:]+)(?:@(?<stage>[^@:]+))?(?::(?<region>[^@:]+))?$/.exec(text)?.groups ?? {};
  if (name === undefined) {
    throw new EngineError(
      `a fault is NAME[@STAGE][:REGION], such as candidate-errors@shift-30:eu-west-1; got ${JSON.stringify(text)}`,
    );
  }
  if (!Object.hasOwn(FAULTS, name)) {
    throw new EngineError(
      `there is no fault ${JSON.stringify(name)}; allowed: ${Object.keys(FAULTS).join(", ")}. ` +
        "`cutover rehearse --fault list` says what each does",
    );
  }
  return { name, ...(stage === undefined ? {} : { stage }), ...(region === undefined ? {} : { region }) };
}

/** What the faults of a rehearsal can be about. */
export interface Rehearsed {
  /** Names of the stages. */
  stages: readonly string[];
  /** Regions with routers. */
  regions: readonly string[];
}

/**
 * Checks that faults meet a stage and a region that there are, before anything is brought up.
 *
 * @throws ConfigError with all that do not.
 */
export function checkFaults(planned: readonly PlannedFault[], { stages, regions }: Rehearsed): void {
  const problems = planned.flatMap(({ name, stage, region }) => [
    ...missing(`fault ${name}: no stage`, stage ?? FAULTS[name]!.stage, stages),
    ...missing(`fault ${name}: no region`, region, regions),
  ]);
  if (problems.length > 0) {
    throw new ConfigError(problems.join("\n"));
  }
}

function missing(what: string, name: string | undefined, known: readonly string[]): string[] {
  return name === undefined || known.includes(name)
    ? []
    : [`${what} ${JSON.stringify(name)} in this rehearsal; allowed: ${known.join(", ")}`];
}
