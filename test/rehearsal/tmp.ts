import * as pulumi from "@pulumi/pulumi";
import { createRehearsal, type Cloud } from "../../rehearsal";
import { Vpc } from "@pulumi/aws/ec2";
import { Provider } from "@pulumi/aws";
const echo: Cloud = { package: "aws", models: () => true, create: (r) => ({ id: "id-" + r.name, outputs: { arn: "arn:" + r.name } }), update: () => ({}), delete: () => undefined };
async function main() {
  const r = createRehearsal({ project: "/tmp/eng/p", state: process.argv[2], clouds: [echo], program: async () => {
    const cfg = new pulumi.Config("cutover").requireObject<{ green: number }>("traffic");
    const p = new Provider("p", { region: "us-east-1" });
    const v = new Vpc("v", { cidrBlock: `10.${cfg.green}.0.0/16`, tags: { "a.b/c": "x" + cfg.green, s: pulumi.secret("hush") } }, { provider: p });
    return { arn: v.arn, tags: v.tags };
  }, onMessage: (s, t) => s !== "debug" && console.error(s, t) });
  const show = (p: any) => console.log(JSON.stringify({ ...p, steps: p.steps.map((s: any) => [s.op, s.urn, s.detailedDiff]) }, null, 1));
  show(await r.preview("dev"));
  show(await r.up("dev"));
  show(await r.up("dev", { set: { "traffic.green": 10 } }));
  show(await r.preview("dev", { set: { "traffic.green": 10 } }));
  show(await r.destroy("dev"));
}
main().catch((e) => { console.error(e); process.exit(1); });
