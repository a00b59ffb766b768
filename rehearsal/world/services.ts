import { PAGE_COMPONENT } from "../../components/internal/names";
import { colorOfNamespace } from "../../rollout/httpRoute";
import { SERVICE } from "../../rollout/serviceSwitch";
import type { World } from "../engine/cloud";
import type { Group } from "./entry";
import { fields } from "../../pulumi/json";
import { servedPods } from "./pods";

/** The Services of a region's clusters, as what requests are forwarded to. */
export class Services {
  private counted?: ReadonlyMap<string, number>;
  private readonly groups = new Map<string, Group>();

  constructor(
    private readonly world: World,
    private readonly region: string,
  ) {}

  /**
   * What stands behind a Service.
   *
   * @param namespace - With the cluster before it.
   * @param refused - What is answered instead of forwarding. @default - nothing: it is forwarded
   */
  group(namespace: string, name: string, refused?: number): Group {
    const id = `${namespace}/${name}`;
    const color = colorOfNamespace(namespace);
    const metadata = fields(this.world.get(SERVICE, id)?.properties.metadata);
    const isPage = fields(metadata.labels)["app.kubernetes.io/component"] === PAGE_COMPONENT;
    const group: Group = {
      arn: id,
      name,
      ...(color === undefined ? {} : { color, workload: name }),
      ready: refused === undefined ? (this.pods.get(id) ?? 0) : 0,
      ...(isPage ? { answers: 503 } : {}),
      ...(refused === undefined ? {} : { refused }),
    };
    this.groups.set(id, group);
    return group;
  }

  /** Whether there is a Service. */
  has(namespace: string, name: string): boolean {
    return this.pods.has(`${namespace}/${name}`);
  }

  /** Counted when the first is asked for: most regions have no router inside a cluster. */
  private get pods(): ReadonlyMap<string, number> {
    return (this.counted ??= servedPods(this.world, this.region));
  }

  /** All that were asked for. */
  get asked(): Group[] {
    return [...this.groups.values()];
  }
}
