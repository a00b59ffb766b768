import { placeOf } from "../../rollout/inCluster";
import { SERVICE, coloredHost, serviceSwitch } from "../../rollout/serviceSwitch";
import { COLORS } from "../../stacks/config/fields";
import type { Thing, World } from "../engine/cloud";
import type { Entry, Listener, Rule } from "./entry";
import { fields, items, text } from "../../pulumi/json";
import { clusterOf, inRegion } from "./region";
import { Services } from "./services";

/**
 * How the Services of a region's clusters answer that are another name of one color's Service. Who asks for a color's Service by
 * its own name reaches it at any time: that is how testers do.
 */
export function switchesOf(world: World, region: string): Omit<Entry, "region"> {
  const services = new Services(world, region);
  const switches = inRegion(world, SERVICE, region).filter(
    ({ properties }) => serviceSwitch.splitOf(properties) !== undefined,
  );
  const listeners = new Map<number, Listener>();
  for (const thing of switches) {
    const port = Number(items(fields(thing.properties.spec).ports)[0]?.port ?? 80);
    const listener = listeners.get(port) ?? { arn: `${region} services`, port, rules: [] };
    listener.rules.push(...rulesOf(thing, services));
    listeners.set(port, listener);
  }
  return { listeners: [...listeners.values()], groups: services.asked };
}

function rulesOf(thing: Thing, services: Services): Rule[] {
  const { id, properties } = thing;
  const { namespace, name } = placeOf(properties);
  const { workload, deployment, color: active, domain } = coloredHost(text(fields(properties.spec).externalName))!;
  const rule = (arn: string, host: string, color: string, aside: boolean): Rule => ({
    arn,
    conditions: [{ hostHeader: { values: [`${host}.svc.${domain}`] } }],
    aside,
    action: {
      kind: "forward",
      to: [{ group: services.group(`${clusterOf(thing)}/${deployment}-${color}`, workload), weight: 1 }],
    },
  });
  return [
    rule(id, `${name}.${namespace}`, active, false),
    ...COLORS.map((color) => rule(`${id}#${color}`, `${workload}.${deployment}-${color}`, color, true)),
  ];
}
