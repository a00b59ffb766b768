import assert from "node:assert/strict";
import { changed, outside, type TouchName } from "../../rollout/touch";
import { OPS, type Json, type Step } from "../../rollout/engine";
import { RULE, WEIGHTS, shifted, step } from "./steps";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const foreign = (touch: TouchName, ...steps: Step[]) =>
  outside(steps, [touch]).map(({ urn }) => urn.split("::").at(-1));
const covers = (touch: TouchName, one: Step) => assert.deepEqual(foreign(touch, one), []);
const refuses = (touch: TouchName, one: Step) => assert.equal(foreign(touch, one).length, 1, JSON.stringify(one));

describe("what a plan changes", () => {
  it("is every step but those that stay the same or only read", () => {
    const steps = OPS.map((op) => step(op, "a:b:C", op));
    assert.deepEqual(
      changed(steps).map(({ op }) => op),
      ["create", "update", "replace", "delete"],
    );
  });

  it("is all outside when a stage may touch nothing", () => {
    assert.equal(outside([shifted(), step("same", "a:b:C", "x")], []).length, 1);
  });
});

describe("a name that nobody knows", () => {
  it("is refused: a journal of a newer version names what this one cannot watch over", () => {
    assert.throws(() => outside([shifted()], ["moon" as TouchName]), /no resources are known by the name "moon"/);
  });
});

describe("a shift", () => {
  it("may change the weights of listener rules, in any region", () => {
    covers("weights", shifted("us-east-1"));
    covers("weights", step("update", RULE, "router-eu-west-1-web-rule", [WEIGHTS[1]!]));
  });

  it("fails when it also changes something else of a rule", () => {
    for (const path of [
      "priority",
      "actions[0].type",
      "actions[0].forward.targetGroups",
      "actions[0].forward.targetGroups[0]",
      "actions[0].forward.targetGroups[0].arn",
      "actions[0].forward.targetGroups[0].weight.more",
      "actions[0].forward.stickiness.enabled",
      "conditions[0].pathPattern.values[0]",
      "tags.weight",
    ]) {
      refuses("weights", step("update", RULE, "router", [...WEIGHTS, path]));
    }
  });

  describe("of a rule whose target groups AWS gave back in another order", () => {
    const group = (index: number, rest = "") => `actions[0].forward.targetGroups[${index}]${rest}`;
    const update = (diff: Step["detailedDiff"]): Step => ({
      ...step("update", RULE, "router", Object.keys(diff)),
      detailedDiff: diff,
    });
    const [blue, green] = ["arn:blue", "arn:green"] as const;
    const changes = (before: Json, after: Json) => ({ kind: "update" as const, before, after });

    it("may exchange them", () => {
      covers(
        "weights",
        update({
          [group(0, ".arn")]: changes(green, blue),
          [group(0, ".weight")]: changes(0, 90),
          [group(1, ".arn")]: changes(blue, green),
          [group(1, ".weight")]: changes(100, 10),
        }),
      );
      covers(
        "weights",
        update({
          [group(0)]: { kind: "delete", before: { arn: green, weight: 0 } },
          [group(1, ".weight")]: changes(100, 90),
          [group(2)]: { kind: "add", after: { arn: green, weight: 10 } },
        }),
      );
    });

    it("fails when one of them is another, more or fewer, or not known", () => {
      refuses(
        "weights",
        update({ [group(0, ".arn")]: changes(green, "arn:other"), [group(1, ".arn")]: changes(blue, green) }),
      );
      refuses("weights", update({ [group(1)]: { kind: "delete", before: { arn: green } } }));
      refuses("weights", update({ [group(2)]: { kind: "add", after: { arn: green } } }));
      refuses("weights", update({ [group(0, ".arn")]: changes(green, "[unknown]") }));
      refuses("weights", update({ [group(0, ".arn")]: { kind: "update" } }));
      refuses(
        "weights",
        update({
          [group(0, ".arn")]: changes(green, blue),
          ["actions[1].forward.targetGroups[0].arn"]: changes(blue, green),
        }),
      );
    });
  });

  it("fails when it creates, replaces or deletes a rule, or updates anything that is no rule", () => {
    for (const op of ["create", "replace", "delete"] as const) {
      refuses("weights", step(op, RULE, "router", op === "replace" ? WEIGHTS : []));
    }
    refuses("weights", step("update", "aws:lb/listener:Listener", "router", WEIGHTS));
    refuses("weights", step("update", DEPLOYMENT, "router", WEIGHTS));
  });

  it("names just what is outside, among what is not", () => {
    const tag = step("update", RULE, "router-tagged", ["tags.owner"]);
    assert.deepEqual(foreign("weights", shifted(), tag, shifted("eu-west-1"), step("create", "a:b:C", "extra")), [
      "router-tagged",
      "extra",
    ]);
  });
});

describe("a change of capacity", () => {
  const touch = "pods:green";

  it("may change how many pods the color has, create and delete what counts them", () => {
    covers(
      touch,
      step("update", AUTOSCALER, "color-eu-west-1-green-api-autoscaler", ["spec.minReplicas", "spec.maxReplicas"]),
    );
    covers(touch, step("update", DEPLOYMENT, "color-eu-west-1-green-finn-consumer-deployment", ["spec.replicas"]));
    covers(touch, step("create", AUTOSCALER, "color-eu-west-1-green-api-autoscaler"));
    covers(touch, step("delete", "kubernetes:policy/v1:PodDisruptionBudget", "color-eu-west-1-green-api-budget"));
  });

  it("fails when it also changes an image or a setting, the other color, or what is no pods", () => {
    const image = "spec.template.spec.containers[0].image";
    refuses(touch, step("update", DEPLOYMENT, "color-eu-west-1-green-api-deployment", ["spec.replicas", image]));
    refuses(touch, step("update", DEPLOYMENT, "color-eu-west-1-blue-api-deployment", ["spec.replicas"]));
    refuses(
      touch,
      step("update", "kubernetes:core/v1:Service", "color-eu-west-1-green-api-service", ["spec.replicas"]),
    );
    refuses(touch, step("replace", DEPLOYMENT, "color-eu-west-1-green-api-deployment", [image]));
  });
});

describe("a deployment of a color", () => {
  it("may change everything of that color, and nothing of the other or of both", () => {
    covers("color:green", step("create", "aws:lambda/function:Function", "function-us-east-1-green-function"));
    covers("color:green", step("update", DEPLOYMENT, "color-eu-west-1-green-api-deployment", ["spec.template"]));
    refuses("color:green", step("update", DEPLOYMENT, "color-eu-west-1-blue-api-deployment", ["spec.template"]));
    refuses("color:green", step("update", "aws:kms/key:Key", "functions-us-east-1-key", ["description"]));
    refuses("color:green", step("update", DEPLOYMENT, "color-eu-west-1-blue-greenhouse-deployment", ["spec.replicas"]));
  });
});

describe("a change of the database, and of what has no weight", () => {
  it("may touch the jobs of the database only", () => {
    const change = "cutover:kubernetes:DatabaseChange";
    const job = `${change}$cutover:kubernetes:DatabaseJob$kubernetes:batch/v1:Job`;
    covers("database-jobs", step("create", job, "database-eu-west-1-backup-job"));
    covers("database-jobs", step("delete", change, "database-eu-west-1"));
    refuses("database-jobs", step("replace", job, "database-eu-west-1-backup-job", ["spec.template"]));
    for (const op of ["create", "update", "delete"] as const) {
      refuses("database-jobs", step(op, "aws:rds/instance:Instance", "database-eu-west-1-primary-instance"));
    }
    refuses(
      "database-jobs",
      step("replace", "aws:rds/instance:Instance", "database-eu-west-1-primary-instance", ["engine"]),
    );
    refuses("database-jobs", step("update", DEPLOYMENT, "color-eu-west-1-green-api-deployment", ["spec.template"]));
  });

  it("may touch consumers and schedules only", () => {
    covers(
      "consumers",
      step("delete", "kubernetes:batch/v1:CronJob", "color-us-east-1-blue-api-nightly-report-schedule"),
    );
    covers(
      "consumers",
      step("update", "kubernetes:batch/v1:CronJob", "color-us-east-1-blue-api-report", ["spec.suspend"]),
    );
    covers("consumers", step("create", DEPLOYMENT, "color-us-east-1-green-finn-consumer-deployment"));
    const image = "spec.template.spec.containers[0].image";
    refuses(
      "consumers",
      step("update", DEPLOYMENT, "color-us-east-1-green-finn-consumer-deployment", ["spec.replicas", image]),
    );
    refuses("consumers", step("create", DEPLOYMENT, "color-us-east-1-green-finn-server-deployment"));
    refuses(
      "consumers",
      step("update", "kubernetes:core/v1:ConfigMap", "color-us-east-1-green-finn-consumer-config", ["data.A"]),
    );
  });
});

describe("the maintenance page", () => {
  it("brings its rules and takes them away, and changes no other", () => {
    for (const name of [
      "router-us-east-1-maintenance",
      "router-us-east-1-maintenance-health",
      "router-us-east-1-web-maintenance-load",
    ]) {
      covers("maintenance", step("create", RULE, name));
      covers("maintenance", step("delete", RULE, name));
      refuses("maintenance", step("update", RULE, name, ["priority"]));
      refuses("weights", step("delete", RULE, name));
    }
    refuses("maintenance", step("create", RULE, "router-us-east-1-web"));
    refuses("maintenance", step("delete", "aws:lb/listener:Listener", "router-us-east-1-maintenance"));
  });
});

describe("the label of the active color", () => {
  it("moves from one namespace to the other, and nothing else of them changes", () => {
    const namespace = "kubernetes:core/v1:Namespace";
    covers("active-label", step("update", namespace, "color-green", ["metadata.labels.active"]));
    refuses(
      "active-label",
      step("update", namespace, "color-green", ["metadata.labels.active", "metadata.labels.part-of"]),
    );
    refuses("active-label", step("update", namespace, "color-green", ["metadata.labels.activeness"]));
    refuses("active-label", step("delete", namespace, "color-green"));
  });
});
