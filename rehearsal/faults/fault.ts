import type { VirtualClock } from "../clock";
import type { ResourceRequest, World } from "../engine/cloud";
import type { Behavior } from "../load";
import type { Color } from "../../stacks/config/fields";
import type { RolloutPlan } from "../../rollout/core/plan";
import type { Reading } from "../../rollout/core/sample";

/** What a fault knows of the rollout that it strikes. */
export interface Struck {
  plan: RolloutPlan;
  clock: VirtualClock;
  /** The regions that it is limited to. */
  regions: readonly string[];
  /** Changes the clouds behind Pulumi's back. */
  changeWorld: (change: (world: World) => void) => void;
}

/** How long a fault has been there, and whom it is asked about. */
export interface Moment {
  /** Hours since it began. */
  hours: number;
  color: Color;
  plan: RolloutPlan;
}

/** Something that is to be written to a cloud. */
export interface Write {
  request: ResourceRequest;
  /** Whether the rollout is going back. */
  rollingBack: boolean;
  /** How often this fault has met a write of the resource before. */
  times: number;
}

/** Something that can go wrong. Each acts in one way, or in a few that belong together. */
export interface Fault {
  /** In a sentence, for who looks for one. */
  description: string;
  /** Name of the stage that it begins with. @default - the first shift; for a rolling release, its deployment */
  stage?: string;
  /** Begins when the stage is watched, after its `up`; otherwise when the stage begins. */
  whenWatched?: true;
  /** Strikes one region unless another is named: the smallest that serves, or the one that is recovered; otherwise all. */
  oneRegion?: true;
  /** How long it lasts. @default - to the end */
  minutes?: number;
  /** How a color then behaves. */
  behavior?: (behavior: Readonly<Behavior>, moment: Moment) => Partial<Behavior>;
  /** What then is read, instead of a reading. */
  reading?: (reading: Reading) => Reading;
  /** Why a cloud refuses to write, in the words of a cloud; undefined when it does not. */
  refuses?: (write: Write) => string | undefined;
  /** Whether a cloud says that it has written, and has not. */
  swallows?: (write: Write) => boolean;
  /** Whether nothing of the region can be asked. */
  unreachable?: true;
  /** Why hooks fail. */
  hook?: string;
  /** Kills the controller, once. */
  kills?: true;
  /** What happens when it begins, and when it ends. */
  begin?: (struck: Struck) => void;
  end?: (struck: Struck) => void;
}
