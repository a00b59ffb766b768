import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { GeneratedSecret } from "../../../components/aws/generatedSecret";
import { Secrets } from "../../../components/aws/secrets";
import { record, value, type Computed } from "../../support/record";

const ACCOUNT = "123456789012";
const common = {
  account: ACCOUNT,
  keyArn: "arn:key",
  logKeyArn: "arn:log-key",
  logRetentionDays: 365,
  tags: { owner: "platform" },
};
const computed: Computed = (type) => (type === "aws:lambda/invocation:Invocation" ? { result: '"abc123"' } : {});
const generate = (more: object = {}) =>
  record(() => new GeneratedSecret("edge-origin", { ...common, description: "Origin.", ...more }), computed);

describe("GeneratedSecret", () => {
  it("hands out the value without its quotes, as a secret, and keeps it a secret in state", async () => {
    const run = await generate();
    assert.equal(await value(run.result.value), "abc123");
    assert.equal(await pulumi.isSecret(run.result.value), true);
    assert.deepEqual(run.custom("edge-origin-ensured").additionalSecretOutputs, ["result"]);
  });

  it("asks for the value once per generation: nothing else of the call changes", async () => {
    const input = async (more: object) =>
      JSON.parse((await generate(more)).custom("edge-origin-ensured").inputs["input"]);
    assert.deepEqual(await input({}), {
      action: "ensure",
      secretId: "arn:edge-origin-secret-value",
      generation: 1,
      reveal: true,
    });
    assert.equal((await input({ generation: 2 })).generation, 2);
  });

  it("calls the function only when its rights and Secrets Manager's right to call it are there", async () => {
    const run = await generate({ rotateAfterDays: 30 });
    assert.ok(run.custom("edge-origin-rotation-function").dependencies.includes("edge-origin-rotation-rights"));
    assert.ok(run.custom("edge-origin-ensured").dependencies.includes("edge-origin-rotation-value-permission"));
    const schedule = run.custom("edge-origin-schedule");
    assert.ok(schedule.dependencies.includes("edge-origin-ensured"));
    assert.deepEqual(schedule.inputs["rotationRules"], { automaticallyAfterDays: 30 });
    assert.equal((await generate()).ofType("aws:secretsmanager/secretRotation:SecretRotation").length, 0);
  });

  it("lets the function encrypt for the copies, and read them with no key but its own region's", async () => {
    const run = await generate({ replicas: [{ region: "us-west-2", keyArn: "arn:key-west" }] });
    const { Statement: rights } = JSON.parse(run.custom("edge-origin-rotation-rights").inputs["policy"]);
    const copies = rights.find(({ Sid }: any) => Sid === "KeysOfCopies");
    assert.deepEqual([copies.Action, copies.Resource], [["kms:Encrypt", "kms:GenerateDataKey"], ["arn:key-west"]]);
  });

  it("gives the function one secret, one key, one log and, for a password, one instance", async () => {
    const run = await generate({ instance: { identifier: "pathfinity-us", region: "us-east-1" } });
    const { Statement: rights } = JSON.parse(run.custom("edge-origin-rotation-rights").inputs["policy"]);
    const resources = Object.fromEntries(rights.map(({ Sid, Resource }: any) => [Sid, Resource]));
    assert.deepEqual(resources, {
      Secrets: ["arn:edge-origin-secret-value"],
      Random: "*",
      Key: "arn:key",
      Instance: `arn:aws:rds:us-east-1:${ACCOUNT}:db:pathfinity-us`,
      Log: "arn:edge-origin-rotation-logs:*",
      Trace: "*",
    });
    assert.equal(run.custom("edge-origin-rotation-function").inputs["environment"].variables.INSTANCE, "pathfinity-us");
    assert.ok(!JSON.stringify((await generate()).resources).includes("rds:"));
  });

  it("lets Secrets Manager call the function for this secret of this account only", async () => {
    const permission = (await generate()).custom("edge-origin-rotation-value-permission").inputs;
    assert.equal(permission["principal"], "secretsmanager.amazonaws.com");
    assert.equal(permission["sourceArn"], "arn:edge-origin-secret-value");
    assert.equal(permission["sourceAccount"], ACCOUNT);
  });

  it("is encrypted, protected, copied with each region's key, and refuses other accounts and plain HTTP", async () => {
    const run = await generate({ replicas: [{ region: "us-west-2", keyArn: "arn:west" }] });
    const secret = run.custom("edge-origin-secret-value");
    assert.deepEqual([secret.protect, secret.retainOnDelete], [true, true]);
    assert.equal(secret.inputs["kmsKeyId"], "arn:key");
    assert.deepEqual(secret.inputs["replicas"], [{ region: "us-west-2", kmsKeyId: "arn:west" }]);
    const { Statement: statements } = JSON.parse(run.custom("edge-origin-secret-policy").inputs["policy"]);
    assert.ok(statements.every(({ Effect }: any) => Effect === "Deny"));
    assert.equal(statements[0].Condition.StringNotEquals["aws:PrincipalAccount"], ACCOUNT);
  });

  it("runs on ARM and Node 22, once at a time, with an encrypted log that ends", async () => {
    const run = await generate();
    const { inputs } = run.custom("edge-origin-rotation-function");
    assert.deepEqual([inputs["runtime"], inputs["architectures"]], ["nodejs22.x", ["arm64"]]);
    assert.equal(inputs["reservedConcurrentExecutions"], 1);
    assert.equal(inputs["handler"], "index.handler");
    const log = run.custom("edge-origin-rotation-logs").inputs;
    assert.deepEqual([log["retentionInDays"], log["kmsKeyId"]], [365, "arn:log-key"]);
  });
});

describe("Secrets", () => {
  const run = () =>
    record(
      () =>
        new Secrets("secrets-us-east-1", {
          ...common,
          config: {
            "session-signing": { description: "Signs sessions.", rotateAfterDays: 60 },
            "classroom-api": { description: "From a vendor." },
          },
          region: "us-east-1",
          replicas: [{ region: "us-west-2", keyArn: "arn:west" }],
        }),
      (type, name) => ({
        ...computed(type, name, {}),
        ...(type === "aws:secretsmanager/secret:Secret"
          ? { arn: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:${name}-AbCdEf` }
          : {}),
      }),
    );

  it("makes and rotates what is random, and leaves to people what is not", async () => {
    const { ofType, custom } = await run();
    assert.equal(ofType("aws:lambda/function:Function").length, 1);
    assert.deepEqual(
      ofType("aws:secretsmanager/secretRotation:SecretRotation").map(({ name }) => name),
      ["secrets-us-east-1-session-signing-schedule"],
    );
    assert.ok(!custom("secrets-us-east-1-rotation-rights").inputs["policy"].includes("classroom"));
  });

  it("never sees a value: it does not ask for one", async () => {
    const { custom } = await run();
    const event = JSON.parse(custom("secrets-us-east-1-session-signing-ensured").inputs["input"]);
    assert.deepEqual(Object.keys(event), ["action", "secretId"]);
  });

  it("names the copy of each region by that region", async () => {
    const { result } = await run();
    assert.deepEqual(Object.keys(result.arns), ["us-east-1", "us-west-2"]);
    assert.equal(
      await value(result.arns["us-west-2"]?.["classroom-api"] as pulumi.Output<string>),
      `arn:aws:secretsmanager:us-west-2:${ACCOUNT}:secret:secrets-us-east-1-classroom-api-value-AbCdEf`,
    );
  });
});
