import { kindOf } from "../../rollout/routerKinds";
import { REVERT_PHASE } from "../../stacks/config/databaseChange";
import type { ResourceRequest } from "../engine/cloud";
import { fields, text } from "../../pulumi/json";
import type { Fault } from "./fault";
import { failTargets, giveWeight } from "./world";

const JOB = "kubernetes:batch/v1:Job";

/** What takes a migration back is another job, which works. */
function isRevert({ inputs }: ResourceRequest): boolean {
  return text(fields(inputs.metadata).name).startsWith(`${REVERT_PHASE}-`);
}

/** What clouds do that nobody asked for. */
export const cloudFaults: Readonly<Record<string, Fault>> = {
  "up-failed": {
    description: "a cloud refuses every change in one region, until the rollout goes back",
    oneRegion: true,
    refuses: ({ rollingBack }) =>
      rollingBack ? undefined : "ServiceUnavailable: the service is temporarily unavailable",
  },
  "rollback-failed": {
    description: "while the rollout goes back, a cloud refuses each change in one region twice",
    oneRegion: true,
    refuses: ({ rollingBack, times }) =>
      rollingBack && times < 2 ? "ThrottlingException: the request was denied due to request throttling" : undefined,
  },
  "write-ignored": {
    description: "each router keeps its old weights once, although the cloud says that it has the new ones",
    swallows: ({ request, times }) => times === 0 && kindOf(request.type)?.splitOf(request.inputs) !== undefined,
  },
  "weights-moved": {
    description: "somebody gives the candidate 77 % by hand, behind Pulumi, in one region",
    oneRegion: true,
    whenWatched: true,
    begin: ({ plan, regions, changeWorld }) =>
      changeWorld((world) => regions.forEach((region) => giveWeight(world, region, plan.candidate, 77))),
  },
  "migration-failed": {
    description: "the job that migrates the databases fails",
    stage: "database-migrate",
    refuses: ({ request }) =>
      request.type === JOB && !isRevert(request)
        ? "job failed: BackoffLimitExceeded: Job has reached the specified backoff limit"
        : undefined,
  },
  "active-unhealthy": {
    description: "for 30 minutes, no target of the active color is healthy in one region",
    oneRegion: true,
    minutes: 30,
    begin: ({ plan, regions, changeWorld }) =>
      changeWorld((world) => regions.forEach((region) => failTargets(world, region, [plan.active], true))),
    end: ({ plan, regions, changeWorld }) =>
      changeWorld((world) => regions.forEach((region) => failTargets(world, region, [plan.active], false))),
  },
  "region-down": {
    description: "for 20 minutes, one region is gone: no target answers, no metric, no change",
    oneRegion: true,
    minutes: 20,
    unreachable: true,
    refuses: () => "RequestError: send request failed: dial tcp: i/o timeout",
    reading: ({ metric, color, scope }) => ({ metric, color, scope, silence: "empty" }),
    begin: ({ regions, changeWorld }) =>
      changeWorld((world) => regions.forEach((region) => failTargets(world, region, ["blue", "green"], true))),
    end: ({ regions, changeWorld }) =>
      changeWorld((world) => regions.forEach((region) => failTargets(world, region, ["blue", "green"], false))),
  },
};
