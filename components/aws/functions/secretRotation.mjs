/**
 * The Lambda function that makes and rotates the value of a secret, so that no value is ever config or leaves AWS
 * unasked. Values are random letters and digits.
 *
 * It answers two events:
 *
 * - `{ action: "ensure", secretId, generation, reveal }` makes a value when the secret has none of that generation yet.
 *   With `reveal` it returns the current value, else only that there is one.
 * - `{ SecretId, ClientRequestToken, Step }`, the four steps by which Secrets Manager rotates. With an RDS instance
 *   (environment variable INSTANCE) the value is that instance's master password; without, it stands for itself.
 *
 * Every step may come twice, and may come after one that failed half-way.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */

const CURRENT = "AWSCURRENT";
const PENDING = "AWSPENDING";

/** Seconds between two looks at an instance, and how many: together less than the function's timeout. */
const POLL_SECONDS = 10;
const POLLS = 24;

/**
 * The handler, on clients that are given.
 *
 * @param {object} options
 * @param {object} options.secrets - The client of Secrets Manager (the SDK's `SecretsManager`).
 * @param {object} [options.rds] - The client of RDS (the SDK's `RDS`); needed with an instance.
 * @param {string} [options.instance] - Identifier of the RDS instance whose master password the secret is.
 * @param {number} options.length - Characters of a value.
 * @param {(seconds: number) => Promise<void>} options.sleep - Waits.
 * @returns {(event: object) => Promise<string | undefined>}
 */
export function createHandler({ secrets, rds, instance, length, sleep }) {
  return async function handle(event) {
    if (event.action === "ensure") {
      return ensure(event);
    }
    const steps = { createSecret, setSecret, testSecret, finishSecret };
    const step = Object.hasOwn(steps, event.Step ?? "") ? steps[event.Step] : undefined;
    if (step === undefined) {
      throw new Error(`expected an event with action "ensure" or a rotation step, got step ${event.Step}`);
    }
    const { SecretId: secretId, ClientRequestToken: token } = event;
    const stages = (await versions(secretId))[token];
    if (stages === undefined) {
      throw new Error(`version ${token} of ${secretId} is not staged for rotation`);
    }
    if (stages.includes(CURRENT)) {
      return undefined;
    }
    if (!stages.includes(PENDING)) {
      throw new Error(`version ${token} of ${secretId} is not ${PENDING}`);
    }
    await step(secretId, token);
    return undefined;
  };

  async function ensure({ secretId, generation = 1, reveal = false }) {
    if (instance !== undefined && generation !== 1) {
      throw new Error(`the secret of instance ${instance} changes by rotation only, got generation ${generation}`);
    }
    const label = `generation-${generation}`;
    const stages = Object.values(await versions(secretId)).flat();
    if (!stages.includes(label) && !(generation === 1 && stages.includes(CURRENT))) {
      await secrets.putSecretValue({
        SecretId: secretId,
        SecretString: await randomValue(),
        VersionStages: [CURRENT, label],
      });
    }
    if (!reveal) {
      return "ensured";
    }
    const { SecretString: value } = await secrets.getSecretValue({ SecretId: secretId, VersionStage: CURRENT });
    return value;
  }

  /** Makes the new value, once: a second call finds the first one's and keeps it. */
  async function createSecret(secretId, token) {
    try {
      await pendingValue(secretId, token);
    } catch (error) {
      if (error.name !== "ResourceNotFoundException") {
        throw error;
      }
      await secrets.putSecretValue({
        SecretId: secretId,
        ClientRequestToken: token,
        SecretString: await randomValue(),
        VersionStages: [PENDING],
      });
    }
  }

  /** Gives the new value to the instance. RDS applies it within seconds or minutes, without interruption. */
  async function setSecret(secretId, token) {
    if (instance !== undefined) {
      await rds.modifyDBInstance({
        DBInstanceIdentifier: instance,
        MasterUserPassword: await pendingValue(secretId, token),
        ApplyImmediately: true,
      });
    }
  }

  /**
   * Waits until the instance has taken its new password. It does not log in: the function stands outside the
   * database's network on purpose. Secrets Manager also runs this step alone, to test a rotation that it schedules.
   */
  async function testSecret() {
    for (let poll = 0; instance !== undefined; poll++) {
      const { DBInstances: found = [] } = await rds.describeDBInstances({ DBInstanceIdentifier: instance });
      const { DBInstanceStatus: status, PendingModifiedValues: pending = {} } = found[0] ?? {};
      if (status === "available" && pending.MasterUserPassword === undefined) {
        return;
      }
      if (poll === POLLS) {
        throw new Error(
          `instance ${instance} has not taken its new password yet (status ${status}); rotation is tried again`,
        );
      }
      await sleep(POLL_SECONDS);
    }
  }

  /** Makes the new value the current one; the old one stays readable as AWSPREVIOUS. */
  async function finishSecret(secretId, token) {
    const current = Object.entries(await versions(secretId)).find(([, stages]) => stages.includes(CURRENT))?.[0];
    await secrets.updateSecretVersionStage({
      SecretId: secretId,
      VersionStage: CURRENT,
      MoveToVersionId: token,
      RemoveFromVersionId: current,
    });
  }

  /** The stages of each version of a secret, by the version's id. */
  async function versions(secretId) {
    const { VersionIdsToStages: stages = {} } = await secrets.describeSecret({ SecretId: secretId });
    return stages;
  }

  async function pendingValue(secretId, token) {
    const { SecretString: value } = await secrets.getSecretValue({
      SecretId: secretId,
      VersionId: token,
      VersionStage: PENDING,
    });
    return value;
  }

  async function randomValue() {
    const { RandomPassword: value } = await secrets.getRandomPassword({
      PasswordLength: length,
      ExcludePunctuation: true,
      RequireEachIncludedType: true,
    });
    return value;
  }
}

let handle;

/** The entry point. The SDK comes with the runtime; it is loaded at the first event, so that tests need none of it. */
export async function handler(event) {
  handle ??= await connect(process.env);
  return handle(event);
}

async function connect({ INSTANCE: instance, LENGTH: length }) {
  const { SecretsManager } = await import("@aws-sdk/client-secrets-manager");
  const rds = instance === undefined ? undefined : new (await import("@aws-sdk/client-rds")).RDS({});
  return createHandler({
    secrets: new SecretsManager({}),
    rds,
    instance,
    length: Number(length),
    sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000)),
  });
}
