import { createRehearsal } from "/work/main/rehearsal";
import { clouds } from "/work/main/rehearsal/clouds";
import { greenWeights, unreachable, entryOf, capacity, routedRegions } from "/work/main/rehearsal/world";
async function main() {
  const r = createRehearsal({ project: "/work/main", clouds, onMessage: (s, t) => s !== "debug" && console.error(s, t) });
  const stack = process.argv[2]!;
  const t = Date.now();
  await r.bringUpReferences(stack);
  const plan = await r.up(stack);
  console.log(plan.summary, Date.now() - t, "ms");
  console.log(greenWeights(r.world), unreachable(r.world, "green"), unreachable(r.world, "blue"));
  for (const region of routedRegions(r.world)) console.log(region, JSON.stringify(capacity(entryOf(r.world, region))));
  const types = new Set<string>(); for (const x of r.world.things()) types.add(x.type); console.log(types.size);
  console.log(JSON.stringify(plan.outputs).slice(0,1500));
}
main().catch((e) => { console.error(String(e?.stack ?? e).slice(0,3000)); process.exit(1); });
