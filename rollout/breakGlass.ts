import type { Color } from "../stacks/config/fields";
import type { Found } from "./engine";
import type { RouterRecord } from "./routerKind";
import { kindOf, kindOfRecord } from "./routerKinds";

/** What of recorded routers `break-glass` needs: to be written down while Pulumi and its state can be reached. */
export function routerRecords(found: readonly Found[]): RouterRecord[] {
  return found.flatMap((each) => kindOf(each.type)?.record(each) ?? []);
}

/**
 * The commands that give all requests to one color, without Pulumi, its state or this program, as a script of a shell: for the
 * day when none of them works. A region that cannot be reached does not hold up the others, and each command can be repeated.
 *
 * @param routers - As they were last written down.
 * @param stack - The stack of the routers.
 * @param abort - The command that ends the rollout, without its reason.
 */
export function breakGlass(
  routers: readonly RouterRecord[],
  to: Color,
  stack: string,
  abort = `cutover rollout abort --stack ${stack}`,
): string {
  const sorted = [...routers].sort((a, b) => (a.urn < b.urn ? -1 : 1));
  const regions = [...new Set(sorted.map(({ region }) => region))].sort();
  const of = (region: string) => sorted.filter((router) => router.region === region);
  const tools = new Set(sorted.map((router) => kindOfRecord(router).tools));
  return [
    `# All requests to ${to}: ${sorted.length} routers in ${regions.length} regions. Needs ${[...tools].join(" and ")}.`,
    "# Every command can be repeated, and none waits for another.",
    ...regions.flatMap((region) => [
      "",
      `# ${region}`,
      ...of(region).map((router) => kindOfRecord(router).set(router, to)),
    ]),
    "",
    "# What the routers do now:",
    ...regions.flatMap((region) => show(of(region))),
    "",
    "# When Pulumi works again: bring its state up to date, and end the rollout.",
    ["pulumi refresh --yes --stack", stack, ...sorted.map(({ urn }) => `--target '${urn}'`)].join(" "),
    `${abort} -m 'break-glass: all requests went to ${to} by hand'`,
    "",
  ].join("\n");
}

/** The commands that show what the routers of a region do, one kind after the other. */
function show(routers: readonly RouterRecord[]): string[] {
  const kinds = new Set(routers.map(kindOfRecord));
  return [...kinds].flatMap((kind) => kind.show(routers.filter((router) => kindOfRecord(router) === kind)));
}
