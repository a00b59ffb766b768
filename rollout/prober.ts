import { z } from "zod";

import { TOKEN_HEADER } from "../components/internal/headers";
import { fields, items, regionOf, texts } from "../rehearsal/world/json";
import type { Color } from "../stacks/config/fields";
import { trafficContract } from "../stacks/contract/traffic";
import { EngineError, type Engine, type Found } from "./engine";
import { LISTENER_RULE } from "./listenerRule";
import { bounded } from "./metrics/bounded";
import type { Prober } from "./ports";

/** Where the tester's token is read from: AWS makes it, as one of the edge's secrets. */
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
  headers: Record<string, string>;
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
    const token = this.environment[TOKEN_VARIABLE];
    if (token === undefined || token === "") {
      // Without it the edge takes the color's header away, and the active color would answer for the candidate.
      return `the edge lets only testers choose a color: set ${TOKEN_VARIABLE} to the tester's token`;
    }
    try {
      for (const probe of await this.probes(color, token)) {
        const problem = await this.send(probe);
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

  private async probes(color: Color, token: string): Promise<Probe[]> {
    const parsed = outputs.safeParse(await this.engine.outputs(this.stack));
    if (!parsed.success) {
      throw new EngineError(
        `stack ${this.stack} has no outputs of routers: bring it up with this version of the program`,
      );
    }
    const rules = await this.engine.recorded(this.stack, [LISTENER_RULE]);
    const probes = new Map<string, Probe>();
    for (const [region, { endpoints }] of Object.entries(parsed.data.traffic.regions)) {
      const { url, header } = endpoints[color];
      const [name, value] = header.split(/:\s*/) as [string, string];
      const headers = { [name]: value, [TOKEN_HEADER]: token };
      for (const path of pathsOf(rules, region, value)) {
        const place = new URL(path, url).href;
        probes.set(place, probes.get(place) ?? { region, url: place, headers });
      }
    }
    if (probes.size === 0) {
      throw new EngineError(`stack ${this.stack} has no rules that let testers reach ${color}: bring it up`);
    }
    return [...probes.values()];
  }

  private async send({ url, headers }: Probe): Promise<string | undefined> {
    const { default: pRetry } = await import("p-retry");
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

/** A path of each router of a region, from the rules that take a color's testers. */
function pathsOf(rules: readonly Found[], region: string, color: string): string[] {
  const own = rules.filter(({ id, properties }) => {
    const named = items(properties.conditions).flatMap(({ httpHeader }) => texts(fields(httpHeader).values));
    return regionOf(id) === region && named.includes(color);
  });
  return own.map(({ properties }) => {
    const [pattern = "/"] = items(properties.conditions).flatMap(({ pathPattern }) =>
      texts(fields(pathPattern).values),
    );
    return pattern.replaceAll("*", "").replaceAll("?", "x");
  });
}
