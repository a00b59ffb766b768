import assert from "node:assert/strict";
import { clouds } from "../../rehearsal/clouds";
import { parseFault } from "../../rehearsal/faults";
import { rehearse, type RehearsalResult } from "../../rehearsal/rehearse";
import { PROJECT } from "../stacks/production";

/** Rehearses the drill. */
function drill(...faults: string[]): Promise<RehearsalResult> {
  return rehearse({ project: PROJECT, clouds, stack: "recovery", faults: faults.map(parseFault) });
}

/** Stages that changed something once the stack was there, with what they changed. */
const changes = ({ stages }: RehearsalResult) =>
  stages.filter(({ attempt, changed }) => attempt > 0 && changed.length > 0);

const nameOf = (urn: string) => urn.slice(urn.lastIndexOf("::") + 2);

describe("the loss of a region, rehearsed", function () {
  this.timeout(300_000);
  let lost: RehearsalResult;
  before(async () => {
    lost = await drill("region-down");
  });

  it("ends with the other region in its place", () => {
    assert.equal(lost.outcome, "promoted", lost.reason);
    assert.match(lost.reason, /eu-central-1 serves EU in place of eu-west-1/);
    assert.deepEqual(lost.unbegun, []);
    assert.deepEqual(
      lost.stages.slice(1).map(({ name, outcome }) => `${name} ${outcome}`),
      [
        "check passed",
        "recover-capacity passed",
        "recover-route passed",
        "go-no-go passed",
        "recover-promote passed",
        "validate passed",
        "complete passed",
      ],
    );
  });

  it("takes less than five minutes from the decision, and less than an hour in all", () => {
    const { activationSeconds, totalSeconds } = lost.recovery!;
    assert.ok(activationSeconds > 60 && activationSeconds < 300, String(activationSeconds));
    assert.ok(totalSeconds > activationSeconds && totalSeconds < 3_600, String(totalSeconds));
  });

  it("loses no more than the replica was behind: less than 15 minutes", () => {
    const [lag] = lost.stages.find(({ name }) => name === "check")!.evidence;
    assert.equal(lag?.rule, "replica-lag <= 900");
    assert.equal(lag?.scope, "eu-central-1");
    assert.ok(lag.value! > 0 && lag.value! <= 900, String(lag.value));
  });

  it("asks the lost region for nothing", () => {
    const touched = changes(lost).flatMap(({ changed }) => changed.map(nameOf));
    assert.deepEqual(
      touched.filter((name) => name.includes("eu-west-1")),
      [],
    );
    assert.ok(touched.includes("database-eu-central-1-recovery-replica-instance"));
  });

  it("serves everybody again: users met errors for want of a database until it was connected, and none after", () => {
    const { failed, requests } = lost.affected;
    assert.equal(failed.nowhere, 0);
    assert.ok(failed.database > 0 && failed.capacity > 0, JSON.stringify(failed));
    // Nobody is lost for want of pods once the edge has noticed: a minute's requests at most.
    assert.ok(failed.capacity < (60 / lost.virtualSeconds) * requests, JSON.stringify(failed));
    const [errors] = lost.stages.find(({ name }) => name === "validate")!.evidence;
    assert.equal(errors?.rule, "error-rate < 1");
    assert.ok(errors.value! < 0.1, String(errors.value));
  });

  it("holds when the smoke tests fail there: nothing takes a promotion back", async () => {
    const result = await drill("region-down", "hook-failed@validate");
    assert.equal(result.outcome, "held");
    assert.match(result.reason, /validate: it ended with exit code 1/);
    assert.ok(!result.stages.some(({ name }) => name === "rollback"));
    assert.equal(result.recovery, undefined);
  });

  it("holds before anything is changed when more would be lost than 15 minutes", async () => {
    const result = await drill("region-down", "replica-behind");
    assert.equal(result.outcome, "held");
    assert.match(result.reason, /gate replica-lag <= 900 failed in eu-central-1: 901/);
    assert.deepEqual(changes(result), []);
  });
});
