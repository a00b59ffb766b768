import { colorOfNamespace } from "../../rollout/httpRoute";
import type { Color } from "../../stacks/config/fields";
import type { World } from "../engine/cloud";
import { fields, items, text } from "../../pulumi/json";
import { inRegion, spaceOf } from "./region";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";

/** Region of the database that pods of a region were told when they began, by workload and color. */
export function databaseRegions(world: World, region: string): Record<string, Partial<Record<Color, string>>> {
  const settings = new Map(
    inRegion(world, CONFIG_MAP, region).map(({ id, properties }) => [id, fields(properties.data)]),
  );
  const result: Record<string, Partial<Record<Color, string>>> = {};
  for (const deployment of inRegion(world, DEPLOYMENT, region)) {
    const space = spaceOf(deployment);
    const color = colorOfNamespace(space.slice(space.lastIndexOf("/") + 1));
    const [container] = items(fields(fields(fields(deployment.properties.spec).template).spec).containers);
    const [from] = items(container?.envFrom);
    const told = settings.get(`${space}/${text(fields(from?.configMapRef).name)}`)?.DATABASE_REGION;
    if (color !== undefined && told !== undefined) {
      (result[text(container?.name)] ??= {})[color] = text(told);
    }
  }
  return result;
}
