import assert from "node:assert/strict";
import { Controller } from "../../rollout/controller";
import { EngineError, type Found } from "../../rollout/engine";
import { FakeWorld } from "./support/fakeWorld";
import { planned } from "./support/plans";

const GROUP = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup";
const RULE = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener-rule/app/school/1/2/3";
const ROUTER: Found = {
  urn: "urn:pulumi:school::cutover::aws:lb/listenerRule:ListenerRule::router-eu-west-1-web",
  type: "aws:lb/listenerRule:ListenerRule",
  id: RULE,
  properties: {
    arn: RULE,
    actions: [
      {
        type: "forward",
        forward: {
          targetGroups: [
            { arn: `${GROUP}/school-blue-web/1`, weight: 90 },
            { arn: `${GROUP}/school-green-web/2`, weight: 10 },
          ],
        },
      },
    ],
  },
};

describe("users who are on the candidate before any stage shifts them", () => {
  it("let no rollout begin, and it is said where they are", async () => {
    const world = new FakeWorld(planned());
    world.weights["eu-west-1"] = 10;
    const ports = { ...world.ports, engine: { ...world.engine, recorded: async () => [ROUTER] } };
    const lease = await world.journal.acquire("test", 300);
    const start = () => Controller.start(ports, lease, world.plan, "ada@example.org");
    await assert.rejects(
      start,
      (error) =>
        error instanceof EngineError &&
        /^green has requests already, in eu-west-1 10 %: .*pulumi up --stack/.test(error.message),
    );
    assert.equal(await world.journal.current(), undefined);
    world.weights["eu-west-1"] = 0;
    await assert.doesNotReject(start);
  });

  it("are taken back by an abort, wherever somebody moved them", async () => {
    const world = new FakeWorld(planned());
    const controller = await world.start();
    world.weights["eu-west-1"] = 50;
    await controller.ask({ kind: "abort", by: "ada@example.org", reason: "pupils cannot log in" });
    await world.run(controller);
    assert.equal(controller.state.outcome?.outcome, "rolled-back");
    assert.deepEqual(world.shares, { "us-east-1": 0, "eu-west-1": 0, "eu-central-1": 0 });
    const moved = world.records.find((record) => record.type === "effect-failed");
    assert.match(
      moved?.type === "effect-failed" ? moved.reason : "",
      /green gets 50 % of the requests in eu-west-1, where it is to have none/,
    );
  });

  it("cost an abort nothing where there are none", async () => {
    const world = new FakeWorld(planned());
    const controller = await world.start();
    await controller.ask({ kind: "abort", by: "ada@example.org", reason: "wrong release" });
    await world.run(controller);
    assert.equal(controller.state.outcome?.outcome, "rolled-back");
    assert.deepEqual(world.ups, []);
  });
});
