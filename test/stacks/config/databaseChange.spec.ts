import assert from "node:assert/strict";
import { databaseChangePolicy } from "../../../components/aws/databaseChangePolicy";
import { phasesUpTo } from "../../../stacks/config/databaseChange";

describe("the phases of a database change", () => {
  it("keep the jobs of those before them, and none are there before it begins", () => {
    assert.deepEqual(phasesUpTo("none"), []);
    assert.deepEqual(phasesUpTo("migrate"), ["backup", "restore-check", "migrate"]);
    assert.deepEqual(phasesUpTo("contract"), ["backup", "restore-check", "migrate", "validate", "contract"]);
  });

  it("go back behind the backup: what is taken back is not run again", () => {
    assert.deepEqual(phasesUpTo("revert"), ["backup", "restore-check", "revert"]);
  });

  it("give the way back no more than the way there: it administers, and restores nothing", () => {
    const database = {
      account: "123456789012",
      region: "eu-west-1",
      arn: "arn:db",
      adminSecretArn: "arn:secret",
      keyArn: "arn:key",
      snapshot: "before",
      scratch: "check",
    };
    assert.deepEqual(databaseChangePolicy("revert", database), databaseChangePolicy("migrate", database));
  });
});
