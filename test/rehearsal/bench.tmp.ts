import * as pulumi from "@pulumi/pulumi";
import { createRehearsal, type Cloud } from "../../rehearsal";
class Thing extends pulumi.CustomResource { constructor(n: string, p: any, o: any) { super("aws:x/thing:Thing", n, { arn: undefined, ...p }, o); } declare arn: pulumi.Output<string>; }
class Group extends pulumi.ComponentResource { constructor(n: string, o: any) { super("bench:x:Group", n, {}, o); } }
class Prov extends pulumi.ProviderResource { constructor(n: string) { super("aws", n, { region: "us-east-1" }); } }
const N = Number(process.argv[2]);
const program = async () => {
  const provider = new Prov("p");
  let previous: Thing | undefined;
  const outs: any[] = [];
  for (let g = 0; g < N / 10; g++) {
    const group = new Group("g" + g, { provider });
    for (let i = 0; i < 9; i++) {
      const t: Thing = new Thing(`g${g}-t${i}`, { name: "x", up: previous?.arn, rules: [{ ports: [1, 2, 3], cidr: "10.0.0.0/8", tags: { a: "b", c: "d" } }], policy: pulumi.jsonStringify({ a: previous?.arn }), tags: { "data-class": "a", owner: "b", region: "us-east-1", k: "v" } }, { parent: group });
      previous = i === 8 ? undefined : t;
      if (i === 0) outs.push(t.arn);
    }
  }
  return { outs };
};
const echo: Cloud = { package: "aws", models: () => true, create: (r) => ({ id: "id-" + r.name, outputs: { arn: "arn:aws:x:" + r.name } }), update: () => ({}), delete: () => undefined };
async function main() {
  const mode = process.argv[3];
  const t0 = performance.now();
  if (mode === "mocks") {
    await pulumi.runtime.setMocks({ newResource: (a) => ({ id: "id-" + a.name, state: { ...a.inputs, arn: "arn:" + a.name } }), call: (a) => a.inputs }, "cutover", "dev", true);
    await pulumi.runtime.runInPulumiStack(program);
    await pulumi.runtime.disconnect();
  } else {
    const r = createRehearsal({ project: "/tmp/eng/p", state: process.argv[4], clouds: [echo], program });
    if (mode === "preview") await r.preview("dev");
    if (mode === "up") { await r.up("dev"); console.log("up1", Math.round(performance.now() - t0)); const t1 = performance.now(); const p = await r.up("dev"); console.log("up2", Math.round(performance.now() - t1), p.summary); }
  }
  console.log(mode, N, Math.round(performance.now() - t0), "ms", "cpu", Math.round((process.cpuUsage().user+process.cpuUsage().system)/1000), Math.round(process.resourceUsage().maxRSS / 1024), "MB");
}
main();
