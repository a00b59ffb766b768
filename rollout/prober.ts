import { z } from "zod";

import { TOKEN_HEADER } from "../components/internal/headers";
import type { Color } from "../stacks/config/fields";
import { trafficContract } from "../stacks/contract/traffic";
import { EngineError, type Engine, type Found } from "./engine";
import { bounded } from "./metrics/bounded";
import type { Prober } from "./ports";
import { kindOf, ROUTER_TYPES } from "./routerKinds";

/** Where the tester's token is read from: a secret of the edge, which the platform makes. */
export const TOKEN_VARIABLE = "CUTOVER_TESTER_TOKEN";

/** How long one answer may take, in seconds. */
const PATIENCE = 10;

/** How often a request is repeated: a stage must not fail for one lost packet. */
const RETRIES = 2;

const outputs = z.looseObject({ traffic: trafficContract });

/** One request that must reach a color. */
interface Probe {
  region: string;
  url: string;
  /** What a tester's request says at the edge; absent for a color that is asked for by a name of its own. */
  header?: { name: string; value: string };
}

/**
 * Asks each region for each path of its routers with the header that names a color, as a tester does. An answer below 500 is one:
 * what the workloads make of a request without a user is theirs, and tests of a release are hooks.
 *
 * Regions that share an address are asked once, through whichever the edge chooses: the edge lets nobody choose a region.
 */
export class HeaderProber implements Prober {
  /**
   * @param stack - The stack of the routers: its outputs say where to ask.
   * @param environment - Holds the tester's token, in {@link TOKEN_VARIABLE}.
   */
  constructor(
    private readonly engine: Pick<Engine, "outputs" | "recorded">,
    private readonly stack: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly ask: typeof fetch = fetch,
  ) {}

  async unreachable(color: Color): Promise<string | undefined> {
    const token = this.environment[TOKEN_VARIABLE] ?? "";
    try {
      const { probes, testerToken } = await this.probes(color);
      if (testerToken && token === "" && probes.some(({ header }) => header !== undefined)) {
        // Without it the edge takes the color's header away, and the active color would answer for the candidate.
        return `the edge lets only testers choose a color: set ${TOKEN_VARIABLE} to the tester's token`;
      }
      for (const probe of probes) {
        const problem = await this.send(probe, token);
        if (problem !== undefined) {
          return `${color} cannot be reached at ${probe.url} (${probe.region}): ${problem}`;
        }
      }
      return undefined;
    } catch (error) {
      if (error instanceof EngineError) {
        return error.message;
      }
      throw error;
    }
  }

  private async probes(color: Color): Promise<{ probes: Probe[]; testerToken: boolean }> {
    const parsed = outputs.safeParse(await this.engine.outputs(this.stack));
    if (!parsed.success) {
      throw new EngineError(
        `stack ${this.stack} has no outputs of routers: bring it up with this version of the program`,
      );
    }
    const resources = await this.engine.recorded(this.stack, ROUTER_TYPES);
    const probes = new Map<string, Probe>();
    for (const [region, { endpoints }] of Object.entries(parsed.data.traffic.regions)) {
      const { url, header } = endpoints[color];
      const [name, value] = header.split(/:\s*/) as [string, string];
      for (const at of placesOf(resources, region, color)) {
        const place = new URL(at, url).href;
        const probe = { region, url: place, ...(at.startsWith("/") ? { header: { name, value } } : {}) };
        probes.set(place, probes.get(place) ?? probe);
      }
    }
    if (probes.size === 0) {
      throw new EngineError(`stack ${this.stack} has no routers that let testers reach ${color}: bring it up`);
    }
    return { probes: [...probes.values()], testerToken: parsed.data.traffic.facts.testerToken };
  }

  private async send({ url, header }: Probe, token: string): Promise<string | undefined> {
    const { default: pRetry } = await import("p-retry");
    // The token is for the edge alone.
    const headers: Record<string, string> =
      header === undefined ? {} : { [header.name]: header.value, ...(token === "" ? {} : { [TOKEN_HEADER]: token }) };
    const attempt = () =>
      bounded(PATIENCE, undefined, async (signal) => {
        const response = await this.ask(url, { headers, redirect: "manual", signal });
        await response.body?.cancel();
        if (response.status >= 500) {
          throw new Error(`HTTP ${response.status}`);
        }
      });
    try {
      await pRetry(attempt, { retries: RETRIES, minTimeout: 200 });
      return undefined;
    } catch (error) {
      // `fetch failed` says nothing; what it was caused by does.
      const { code, message } = ((error as Error).cause ?? {}) as { code?: string; message?: string };
      return code ?? message ?? (error as Error).message;
    }
  }
}

/** Where testers of a color reach it in a region, by each of its routers. */
function placesOf(resources: readonly Found[], region: string, color: Color): string[] {
  return resources.flatMap((found) => {
    const kind = kindOf(found.type)!;
    return kind.regionOf(found) === region ? kind.probes(found, color) : [];
  });
}
