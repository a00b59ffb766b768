import type { RolloutPlan, WatchedStage } from "../core/plan";
import type { RouterReader } from "../ports";
import { isSameShare } from "../routers";
import { shareIn } from "../stage";
import { expected } from "./expected";

/** What routers do once a stage has set them, and what is wrong with it. */
export async function checkShares(
  routers: RouterReader,
  plan: RolloutPlan,
  stage: WatchedStage,
): Promise<{ shares: Record<string, number>; problem?: string }> {
  let shares: Record<string, number>;
  try {
    shares = await routers.shares(plan.candidate);
  } catch (error) {
    return { shares: {}, problem: `the routers cannot be read: ${expected(error)}` };
  }
  const wrong = plan.routed.find((region) => !isSameShare(shares[region] ?? -1, shareIn(stage, region)));
  return wrong === undefined
    ? { shares }
    : {
        shares,
        problem: `${shares[wrong] === undefined ? `it cannot be read what ${plan.candidate} gets` : `${plan.candidate} gets ${shares[wrong]} %`} of the requests in ${wrong}, and ${shareIn(stage, wrong)} % was set: somebody else moved it, or the cloud did not`,
      };
}
