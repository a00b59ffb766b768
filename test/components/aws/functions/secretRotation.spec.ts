import assert from "node:assert/strict";
import fc from "fast-check";

type Handle = (event: Record<string, unknown>) => Promise<string | undefined>;

/** Secrets Manager, in memory: one secret, versions with stages, and values that count up. */
class FakeSecrets {
  readonly versions = new Map<string, { value?: string; stages: string[] }>();
  made = 0;
  private puts = 0;

  constructor(private readonly length = 40) {}

  async describeSecret() {
    const stages = [...this.versions].filter(([, version]) => version.stages.length > 0);
    return { VersionIdsToStages: Object.fromEntries(stages.map(([id, version]) => [id, [...version.stages]])) };
  }

  async getSecretValue({ VersionId: id, VersionStage: stage }: any) {
    const found = [...this.versions].find(
      ([key, version]) => version.stages.includes(stage) && (id === undefined || id === key),
    );
    if (found?.[1].value === undefined) {
      throw Object.assign(new Error("Secrets Manager can't find the specified secret value"), {
        name: "ResourceNotFoundException",
      });
    }
    return { SecretString: found[1].value };
  }

  async putSecretValue({ ClientRequestToken: token, SecretString: value, VersionStages: stages }: any) {
    const id = token ?? `put-${++this.puts}`;
    const version = this.versions.get(id) ?? { stages: [] };
    assert.equal(version.value, undefined, "the value of a version is put once");
    this.versions.set(id, version);
    version.value = value;
    for (const stage of stages) {
      this.move(stage, id);
    }
  }

  async updateSecretVersionStage({ VersionStage: stage, MoveToVersionId: to, RemoveFromVersionId: from }: any) {
    assert.equal(this.holder(stage), from, "the stage is taken from the version that has it");
    this.move(stage, to);
  }

  async getRandomPassword({ PasswordLength: length, ExcludePunctuation: plain }: any) {
    assert.deepEqual([length, plain], [this.length, true]);
    return { RandomPassword: `random${++this.made}` };
  }

  /** What Secrets Manager does when a rotation begins: a version without a value. */
  begin(token: string) {
    this.versions.set(token, { stages: ["AWSPENDING"] });
  }

  holder(stage: string) {
    return [...this.versions].find(([, version]) => version.stages.includes(stage))?.[0];
  }

  value(stage: string) {
    return this.versions.get(this.holder(stage) ?? "")?.value;
  }

  private move(stage: string, to: string) {
    const from = this.holder(stage);
    for (const version of this.versions.values()) {
      version.stages = version.stages.filter(
        (held) => held !== stage && !(stage === "AWSCURRENT" && held === "AWSPREVIOUS"),
      );
    }
    if (stage === "AWSCURRENT" && from !== undefined && from !== to) {
      this.versions.get(from)?.stages.push("AWSPREVIOUS");
    }
    this.versions.get(to)?.stages.push(stage);
  }
}

/** RDS, in memory: a password takes a while to be in force. */
class FakeRds {
  password = "";
  modified = 0;
  private waiting: string | undefined;
  private looks = 0;

  constructor(private readonly delay: number) {}

  async modifyDBInstance({ DBInstanceIdentifier: id, MasterUserPassword: password, ApplyImmediately: now }: any) {
    assert.deepEqual([id, now], ["pathfinity-us", true]);
    this.modified++;
    this.waiting = password;
    this.looks = 0;
  }

  /** First the change is pending, then it is being made, then the password is in force. */
  async describeDBInstances() {
    const looks = this.looks++;
    if (this.waiting !== undefined && looks >= this.delay) {
      this.password = this.waiting;
      this.waiting = undefined;
    }
    const pending = this.waiting !== undefined && looks === 0;
    return {
      DBInstances: [
        {
          DBInstanceStatus: this.waiting === undefined || pending ? "available" : "resetting-master-credentials",
          PendingModifiedValues: pending ? { MasterUserPassword: "****" } : {},
        },
      ],
    };
  }
}

const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"];

describe("the secret rotation function", () => {
  let create: (options: object) => Handle;
  let handler: unknown;

  before(async () => {
    const file = "../../../../components/aws/functions/secretRotation.mjs";
    ({ createHandler: create, handler } = await import(file));
  });

  it("has the entry point that Lambda calls, and loads without the SDK of AWS", () => {
    assert.equal(typeof handler, "function");
  });

  function start(options: { delay?: number; instance?: string } = {}) {
    const secrets = new FakeSecrets();
    const rds = new FakeRds(options.delay ?? 0);
    let slept = 0;
    const handle = create({
      secrets,
      rds,
      instance: options.instance,
      length: 40,
      sleep: async (seconds: number) => void (slept += seconds),
    });
    const rotate = async (token: string, steps = STEPS) => {
      for (const Step of steps) {
        await handle({ SecretId: "arn:secret", ClientRequestToken: token, Step });
      }
    };
    return { secrets, rds, handle, rotate, slept: () => slept };
  }

  it("makes the first value once, and returns it only to who asks to see it", async () => {
    const { secrets, handle } = start();
    const event = { action: "ensure", secretId: "arn:secret" };
    assert.equal(await handle(event), "ensured");
    assert.equal(await handle({ ...event, reveal: true }), "random1");
    assert.equal(await handle({ ...event, reveal: true }), "random1");
    assert.equal(secrets.made, 1);
  });

  it("keeps a value that somebody else has put", async () => {
    const { secrets, handle } = start();
    await secrets.putSecretValue({ SecretString: "given", VersionStages: ["AWSCURRENT"] });
    assert.equal(await handle({ action: "ensure", secretId: "arn:secret", reveal: true }), "given");
    assert.equal(secrets.made, 0);
  });

  it("makes a new value for a new generation, once, and keeps the one before as the previous", async () => {
    const { secrets, handle } = start();
    const ensure = (generation: number) =>
      handle({ action: "ensure", secretId: "arn:secret", generation, reveal: true });
    assert.deepEqual([await ensure(1), await ensure(2), await ensure(2)], ["random1", "random2", "random2"]);
    assert.equal(secrets.value("AWSPREVIOUS"), "random1");
  });

  it("refuses a new generation of a database's password, which changes by rotation only", async () => {
    const { handle } = start({ instance: "pathfinity-us" });
    await assert.rejects(
      handle({ action: "ensure", secretId: "arn:secret", generation: 2 }),
      /pathfinity-us changes by rotation only, got generation 2/,
    );
  });

  it("rotates a random value in four steps", async () => {
    const { secrets, rds, handle, rotate } = start();
    await handle({ action: "ensure", secretId: "arn:secret" });
    secrets.begin("token");
    await rotate("token");
    assert.deepEqual([secrets.value("AWSCURRENT"), secrets.value("AWSPREVIOUS")], ["random2", "random1"]);
    assert.equal(rds.modified, 0);
  });

  it("gives an instance its new password, waits until it has taken it, and only then makes it current", async () => {
    const { secrets, rds, handle, rotate, slept } = start({ instance: "pathfinity-us", delay: 3 });
    await handle({ action: "ensure", secretId: "arn:secret" });
    secrets.begin("token");
    await rotate("token", STEPS.slice(0, 3));
    assert.equal(secrets.value("AWSCURRENT"), "random1");
    assert.equal(rds.password, "random2");
    assert.equal(slept(), 30);
    await rotate("token", STEPS.slice(3));
    assert.equal(secrets.value("AWSCURRENT"), rds.password);
  });

  it("does nothing for a version that is current already", async () => {
    const { secrets, rds, handle, rotate } = start({ instance: "pathfinity-us" });
    await handle({ action: "ensure", secretId: "arn:secret" });
    secrets.begin("token");
    await rotate("token");
    await rotate("token");
    assert.deepEqual([rds.modified, secrets.value("AWSPREVIOUS")], [1, "random1"]);
  });

  it("fails when the instance does not take its password in time, and leaves the current one alone", async () => {
    const { secrets, handle, rotate, slept } = start({ instance: "pathfinity-us", delay: 1_000 });
    await handle({ action: "ensure", secretId: "arn:secret" });
    secrets.begin("token");
    await assert.rejects(rotate("token"), /has not taken its new password yet/);
    assert.equal(secrets.value("AWSCURRENT"), "random1");
    assert.ok(slept() < 300, "it gives up before its own time is over");
  });

  it("passes the test that Secrets Manager makes when a rotation is scheduled: testSecret alone, without a value", async () => {
    const { secrets, handle, rotate } = start({ instance: "pathfinity-us" });
    await handle({ action: "ensure", secretId: "arn:secret" });
    secrets.begin("trial");
    await rotate("trial", ["testSecret"]);
    assert.equal(secrets.value("AWSCURRENT"), "random1");
  });

  it("refuses a version that is not staged, a version that is not pending, and a step that it does not know", async () => {
    const { secrets, handle, rotate } = start();
    await handle({ action: "ensure", secretId: "arn:secret" });
    await assert.rejects(rotate("nobody"), /version nobody of arn:secret is not staged/);
    secrets.versions.set("old", { value: "x", stages: ["AWSPREVIOUS"] });
    await assert.rejects(rotate("old"), /version old of arn:secret is not AWSPENDING/);
    secrets.begin("token");
    await assert.rejects(rotate("token", ["dropSecret"]), /got step dropSecret/);
    await assert.rejects(rotate("token", ["constructor"]), /got step constructor/);
  });

  it("passes on an error of Secrets Manager that is not a missing value", async () => {
    const { secrets, rotate } = start();
    secrets.begin("token");
    secrets.getSecretValue = async () => {
      throw Object.assign(new Error("no"), { name: "AccessDeniedException" });
    };
    await assert.rejects(rotate("token"), /no/);
    assert.equal(secrets.made, 0);
  });

  it("ends the same however often each step is repeated", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }), async (times) => {
        const { secrets, rds, handle, rotate } = start({ instance: "pathfinity-us", delay: 1 });
        await handle({ action: "ensure", secretId: "arn:secret" });
        secrets.begin("token");
        await rotate(
          "token",
          STEPS.flatMap((step, index) => Array<string>(times[index] ?? 1).fill(step)),
        );
        assert.equal(secrets.value("AWSCURRENT"), "random2");
        assert.equal(rds.password, "random2");
        assert.equal(secrets.made, 2);
      }),
      { numRuns: 50 },
    );
  });
});
