import { ROUTER_TYPES } from "../../rollout/routerKinds";
import { SERVICE } from "../../rollout/serviceSwitch";
import type { Color } from "../../stacks/config/fields";
import type { World } from "../engine/cloud";
import { entryOf } from "../world";
import { regionOf } from "../../pulumi/json";
import { moved } from "./moved";

const TARGET_TYPES = ["aws:lb/targetGroup:TargetGroup", SERVICE];

/** Gives a color a percentage of the requests in a region, as somebody at a console does; more than half is all to a switch. */
export function giveWeight(world: World, region: string, color: Color, percent: number): void {
  for (const type of ROUTER_TYPES) {
    for (const thing of [...world.things(type)].filter(({ id }) => regionOf(id) === region)) {
      const properties = moved(type, thing.properties, color, percent);
      if (properties !== undefined) {
        world.put({ ...thing, properties });
      }
    }
  }
}

/** Lets the targets of colors in a region fail their health checks, or pass them again. */
export function failTargets(world: World, region: string, colors: readonly Color[], failing: boolean): void {
  const groups = entryOf(world, region).groups.filter(({ color }) => colors.some((each) => each === color));
  for (const thing of TARGET_TYPES.flatMap((type) => [...world.things(type)])) {
    if (groups.some(({ arn }) => arn === thing.id)) {
      world.put({ ...thing, properties: { ...thing.properties, failing } });
    }
  }
}
