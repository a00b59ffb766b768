import * as fs from "node:fs";
import { createHash } from "node:crypto";
import { createRehearsal, type Cloud, type CreateRequest } from "../../rehearsal";
const [project, stack, dir] = process.argv.slice(2) as [string, string, string];
const types = JSON.parse(fs.readFileSync("/tmp/judge/standin/types.json", "utf8"));
const facts = dir + "-facts"; fs.mkdirSync(facts, { recursive: true });
for (const pkg of ["aws", "kubernetes"]) {
  const t: any = {};
  for (const [k, v] of Object.entries<any>(types)) if (k.startsWith(pkg + ":") || k === "pulumi:providers:" + pkg) t[k] = { replaceOn: v.replace ?? [], deleteBeforeReplace: v.deleteBeforeReplace };
  if (pkg === "aws") t["pulumi:providers:aws"] = { replaceOn: ["region"] };
  fs.writeFileSync(`${facts}/${pkg}.json`, JSON.stringify({ types: t }));
}
const fill = (s: string, r: CreateRequest, id: string) => s.replaceAll("${name}", r.name).replaceAll("${id}", id).replaceAll("${region}", String(r.provider.region)).replace(/\$\{hash:(\d+)\}/g, (_, n) => createHash("sha256").update(r.seed).digest("hex").slice(0, +n));
const cloud = (pkg: string): Cloud => ({ package: pkg, models: () => true, create: (r) => { const t = types[r.type] ?? {}; const id = fill(t.id ?? "${name}-${hash:7}", r, ""); return { id, outputs: Object.fromEntries(Object.entries<any>(t.outputs ?? {}).filter(([k]) => r.inputs[k] === undefined).map(([k, v]) => [k, typeof v === "string" ? fill(v, r, id) : v])) }; }, update: () => ({}), delete: () => undefined });
async function main() {
  fs.mkdirSync(dir, { recursive: true });
  const M = { time: new Date().toISOString(), magic: "", version: "" };
  fs.writeFileSync(dir + "/other.json", JSON.stringify({ version: 3, deployment: { manifest: M, resources: [{ urn: "urn:pulumi:other::cutover::pulumi:pulumi:Stack::cutover-other", custom: false, type: "pulumi:pulumi:Stack", outputs: { hello: "world" } }] } }));
  const r = createRehearsal({ project, state: dir, clouds: [cloud("aws"), cloud("kubernetes")], facts, onMessage: (s, t) => s !== "debug" && console.error(s, t.slice(0, 300)) });
  const [, , , , , ...acts] = process.argv;
  for (const act of acts) {
    const [what, mode, file] = act.split("=");
    try {
      const plan = what === "destroy" ? await r.destroy(stack) : await (r as any)[what!](stack, { set: mode ? { mode } : {} });
      if (file) fs.writeFileSync(file, JSON.stringify(plan, null, 1));
      console.log(act, plan.summary);
    } catch (e) { console.log(act, (e as Error).name, (e as Error).message); if (file) fs.writeFileSync(file, JSON.stringify({ error: (e as Error).message })); }
  }
}
main();
