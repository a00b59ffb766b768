import { strict as assert } from "node:assert";
import { createDecipheriv, pbkdf2Sync } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { passphraseCrypter } from "../../rehearsal/engine/secrets";
import { project, stepOf, temporaryDirectory, Theater, Thing } from "./support/stage";

const HUSH = "hush-hush-4711";

/** Everything that a directory's files say, the key aside. */
function filesOf(directory: string): string {
  return fs
    .readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== ".secrets.key")
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

describe("rehearsal: secrets", () => {
  const program = (value: string) => () => {
    const a = new Thing("a", { token: pulumi.secret(value), tags: { inner: pulumi.secret(value) } });
    const b = new Thing("b", { from: a.arn }, { additionalSecretOutputs: ["arn"] });
    return { token: pulumi.secret(value), arn: b.arn, nested: { list: [1, pulumi.secret(value)] } };
  };

  it("shows none in steps, diffs and outputs", async () => {
    const stage = new Theater();
    const plans = [
      await stage.preview(program(HUSH)),
      await stage.up(program(HUSH)),
      await stage.up(program(`${HUSH}2`)),
    ];
    assert.doesNotMatch(JSON.stringify(plans), new RegExp(HUSH));
    const [, first, second] = plans;
    assert.deepEqual(first!.outputs, { token: "[secret]", arn: "[secret]", nested: { list: [1, "[secret]"] } });
    assert.deepEqual(stepOf(second!, "a").detailedDiff.token, {
      kind: "update",
      before: "[secret]",
      after: "[secret]",
    });
    assert.ok(stepOf(second!, "a").diff.includes("tags.inner"));
    assert.deepEqual(await stage.rehearsal.outputs("dev"), second!.outputs);
  });

  it("hands none to clouds", async () => {
    const stage = new Theater();
    await stage.up(() => void new Thing("a", { token: pulumi.secret(HUSH), deep: [{ x: pulumi.secret(HUSH) }] }));
    assert.doesNotMatch(JSON.stringify([stage.cloud.seen, [...stage.rehearsal.world.things()]]), new RegExp(HUSH));
  });

  it("gives the program its secrets, as secrets", async () => {
    const stage = new Theater();
    let seen: unknown;
    let isSecret: boolean | undefined;
    await stage.up(() => {
      const a = new Thing("a", { size: pulumi.secret(HUSH) });
      a.size.apply((value) => (seen = value));
      void pulumi.isSecret(a.size).then((value) => (isSecret = value));
    });
    assert.equal(seen, HUSH);
    assert.equal(isSecret, true);
  });

  it("makes secret what the type's facts call secret", async () => {
    const stage = new Theater();
    const plan = await stage.up(() => {
      const a = new Thing("a", { password: "p" });
      return { password: (a as unknown as { password: pulumi.Output<string> }).password };
    });
    assert.equal(plan.outputs.password, "[secret]");
  });

  it("takes making a value secret, or no longer, for a change", async () => {
    const stage = new Theater();
    await stage.up(() => void new Thing("a", { x: "1", y: pulumi.secret("1"), z: pulumi.secret("1") }));
    const plan = await stage.preview(
      () => void new Thing("a", { x: pulumi.secret("1"), y: "1", z: pulumi.secret("1") }),
    );
    assert.deepEqual(stepOf(plan, "a").diff, ["x", "y"]);
  });

  it("keeps none in clear in files, with or without a passphrase, and reads them back", async () => {
    for (const passphrase of [undefined, "open sesame"]) {
      const state = temporaryDirectory();
      const directory = project();
      await new Theater({ state, project: directory, passphrase }).up(program(HUSH));
      assert.doesNotMatch(filesOf(state), new RegExp(HUSH));
      const plan = await new Theater({ state, project: directory, passphrase }).up(program(HUSH));
      assert.deepEqual(plan.summary, { same: 3 });
    }
  });

  it("writes what does not change as it was", async () => {
    const state = temporaryDirectory();
    const directory = project();
    const file = path.join(state, "dev.json");
    await new Theater({ state, project: directory }).up(program(HUSH));
    const ciphertexts = () =>
      fs
        .readFileSync(file, "utf8")
        .match(/"ciphertext": ".*"/g)!
        .slice(2);
    const before = ciphertexts();
    await new Theater({ state, project: directory }).up(program(HUSH));
    const kept = ciphertexts().filter((text) => before.includes(text));
    assert.ok(kept.length >= 3, `${kept.length} of ${before.length} kept`);
  });

  it("keeps the key for its owner only", async () => {
    const state = temporaryDirectory();
    await new Theater({ state }).up(program(HUSH));
    assert.equal(fs.statSync(path.join(state, ".secrets.key")).mode & 0o777, 0o600);
  });

  it("refuses a wrong passphrase, and a missing one", async () => {
    const state = temporaryDirectory();
    const directory = project();
    await new Theater({ state, project: directory, passphrase: "right" }).up(program(HUSH));
    await assert.rejects(
      new Theater({ state, project: directory, passphrase: "wrong" }).up(program(HUSH)),
      /incorrect passphrase/,
    );
    await assert.rejects(new Theater({ state, project: directory }).up(program(HUSH)), /set PULUMI_CONFIG_PASSPHRASE/);
  });

  it("reads what Pulumi's passphrase manager wrote", () => {
    // Written by Pulumi 3.248.0.
    const crypter = passphraseCrypter("judge", "v1:QBYsJRPeX8c=:v1:MJtxqwh4CZB8D3s9:d2B6b5edkjzfZMwTsuFsAk+Bxy2/dw==");
    assert.equal(crypter.decrypt("v1:gfoUICB6pJRQDvqx:VMLXEKv2KitANWkJZDxeRRabwQ=="), '"a"');
  });

  it("exports as `pulumi stack import` takes it, marked as invented, and refuses without a passphrase", async () => {
    const stage = new Theater();
    await stage.up(program(HUSH));
    await assert.rejects(stage.rehearsal.export("dev", ""), /set PULUMI_CONFIG_PASSPHRASE/);
    const { version, deployment } = await stage.rehearsal.export("dev", "open sesame");
    assert.equal(version, 3);
    const stack = deployment.resources![0]!;
    assert.match(String(stack.outputs!.invented), /rehearsal of Cutover/);
    const token = (stack.outputs!.token as { ciphertext: string }).ciphertext;
    assert.equal(decrypted(token, "open sesame", deployment.secrets_providers!.state!.salt!), JSON.stringify(HUSH));
    assert.equal((await stage.rehearsal.outputs("dev")).invented, undefined);
  });

  it("invents a value for what config keeps encrypted, says so once, and passes it as a secret", async () => {
    const stage = new Theater({
      project: project({ dev: "config:\n  shop:token:\n    secure: v1:abc\n  shop:map:\n    a: [{secure: v1:def}]\n" }),
    });
    const read = () => {
      const config = new pulumi.Config();
      return { token: config.requireSecret("token"), map: config.requireSecretObject("map") };
    };
    const plan = await stage.up(read);
    assert.deepEqual(plan.outputs, { token: "[secret]", map: "[secret]" });
    await stage.preview(read);
    assert.deepEqual(stage.messages, [
      "warning: shop:token is encrypted, and the rehearsal cannot decrypt it: it uses an invented value",
      "warning: shop:map.a[0] is encrypted, and the rehearsal cannot decrypt it: it uses an invented value",
    ]);
  });
});

/** Decrypts by Pulumi's rules, written down a second time. */
function decrypted(ciphertext: string, passphrase: string, state: string): string {
  const key = pbkdf2Sync(passphrase, Buffer.from(state.split(":")[1]!, "base64"), 1_000_000, 32, "sha256");
  const [, nonce, text] = ciphertext.split(":").map((part) => Buffer.from(part, "base64"));
  const decipher = createDecipheriv("aes-256-gcm", key, nonce!);
  decipher.setAuthTag(text!.subarray(-16));
  return decipher.update(text!.subarray(0, -16), undefined, "utf8") + decipher.final("utf8");
}
