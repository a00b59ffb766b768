import { createRehearsal } from "/work/main/rehearsal";
import { clouds } from "/work/main/rehearsal/clouds";
import { cpus } from "node:os";
async function main() {
  const missing = new Set<string>();
  const open = clouds.map((c) => ({ package: c.package, models: (t: string) => { if (!c.models(t)) missing.add(t); return true; }, create: (q: any, w: any) => c.create(q, w), update: (q: any, w: any) => c.update(q, w), delete: (q: any, w: any) => c.delete(q, w) }));
  const r = createRehearsal({ project: "/work/main", clouds: open, onMessage: (s, t) => s !== "debug" && console.error(s, t) });
  const plan = await r.preview(process.argv[2]!);
  const types: Record<string, number> = {}; for (const s of plan.steps) types[s.type] = (types[s.type] ?? 0) + 1;
  console.log(plan.summary); console.log(Object.keys(types).length); console.log("MISSING", [...missing]);
}
main().catch((e) => { console.error(String(e?.stack ?? e).slice(0,2000)); process.exit(1); });
