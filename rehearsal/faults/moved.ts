import type { Json } from "../../rollout/engine";
import { colorOfNamespace, HTTP_ROUTE, weightedRule } from "../../rollout/httpRoute";
import { groupNamed, LISTENER_RULE, splitOf } from "../../rollout/listenerRule";
import { coloredHost, SERVICE, serviceSwitch } from "../../rollout/serviceSwitch";
import type { Color } from "../../stacks/config/fields";
import { fields, items, text, type Fields } from "../../pulumi/json";

type Move = (properties: Fields, color: Color, percent: number) => Record<string, Json> | undefined;

const MOVES: Readonly<Record<string, Move>> = {
  [LISTENER_RULE]: (properties, color, percent) => {
    if (splitOf(properties) === undefined) {
      return undefined;
    }
    const [action] = items(properties.actions).slice(-1);
    const forward = fields(action?.forward);
    const targetGroups = items(forward.targetGroups).map((group) => ({
      ...group,
      weight: groupNamed(text(group.arn).split("/")[1] ?? "").color === color ? percent : 100 - percent,
    }));
    const before = items(properties.actions).slice(0, -1);
    return { ...properties, actions: [...before, { ...action, forward: { ...forward, targetGroups } }] };
  },

  [HTTP_ROUTE]: (properties, color, percent) => {
    const weighted = weightedRule(properties);
    const spec = fields(properties.spec);
    const rules = items(spec.rules).map((rule, index) =>
      index !== weighted?.index
        ? rule
        : {
            ...rule,
            backendRefs: items(rule.backendRefs).map((backend) => ({
              ...backend,
              weight: colorOfNamespace(text(backend.namespace)) === color ? percent : 100 - percent,
            })),
          },
    );
    return weighted && { ...properties, spec: { ...spec, rules } };
  },

  [SERVICE]: (properties, color, percent) => {
    if (serviceSwitch.splitOf(properties) === undefined) {
      return undefined;
    }
    const spec = fields(properties.spec);
    const { workload, deployment, domain, color: active } = coloredHost(text(spec.externalName))!;
    const other: Color = color === "blue" ? "green" : "blue";
    const to = percent > 50 ? color : active === color ? other : active;
    return { ...properties, spec: { ...spec, externalName: `${workload}.${deployment}-${to}.svc.${domain}` } };
  },
};

/** A router after somebody has given a color a percentage by hand; undefined for what is no router. */
export function moved(type: string, properties: Fields, color: Color, percent: number): ReturnType<Move> {
  return MOVES[type]?.(properties, color, percent);
}
