import type { Json } from "../../rollout/engine";
import type { Color } from "../../stacks/config/fields";
import type { World } from "../engine/cloud";
import { entryOf, routers } from "../world";
import { fields, items, regionOf, text } from "../world/json";

const RULE = "aws:lb/listenerRule:ListenerRule";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

/** Gives a color a percentage of the requests in a region, as somebody at a console does. */
export function giveWeight(world: World, region: string, color: Color, percent: number): void {
  const entry = entryOf(world, region);
  const colors = new Map(entry.groups.map((group) => [group.arn, group.color]));
  for (const { router } of routers(entry)) {
    const thing = world.get(RULE, router);
    if (thing === undefined) {
      continue;
    }
    const [action] = items(thing.properties.actions).slice(-1);
    const forward = fields(action?.forward);
    const targetGroups = items(forward.targetGroups).map((group) => ({
      ...group,
      weight: colors.get(text(group.arn)) === color ? percent : 100 - percent,
    }));
    const actions: Json[] = [
      ...items(thing.properties.actions).slice(0, -1),
      { ...action, forward: { ...forward, targetGroups } },
    ];
    world.put({ ...thing, properties: { ...thing.properties, actions } });
  }
}

/** Lets the targets of colors in a region fail their health checks, or pass them again. */
export function failTargets(world: World, region: string, colors: readonly Color[], failing: boolean): void {
  const groups = entryOf(world, region).groups.filter(({ color }) => colors.some((each) => each === color));
  for (const thing of [...world.things(TARGET_GROUP)]) {
    if (regionOf(thing.id) === region && groups.some(({ arn }) => arn === thing.id)) {
      world.put({ ...thing, properties: { ...thing.properties, failing } });
    }
  }
}
