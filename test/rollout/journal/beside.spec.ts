import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import {
  beat,
  FolderShelf,
  journalLocation,
  JournalError,
  lastBeat,
  noteOverride,
  readClaim,
  removeClaim,
  takeOverrides,
  writeClaim,
} from "../../../rollout/journal";
import type { Claim, Override } from "../../../rollout/journal";
import { temporaryFolder } from "./support/folder";

describe("beside the journal", () => {
  const where = temporaryFolder();

  const shelf = () => new FolderShelf(where.path);

  describe("the place", () => {
    it("is what was asked for, else CUTOVER_JOURNAL, else .cutover in the project", () => {
      const asked = { CUTOVER_JOURNAL: "journals" };
      assert.deepEqual(journalLocation("/project", {}), { folder: "/project/.cutover" });
      assert.deepEqual(journalLocation("/project", asked), { folder: "/project/journals" });
      assert.deepEqual(journalLocation("/project", asked, "/srv/journals"), { folder: "/srv/journals" });
    });

    it("is never empty, as an unset variable is: that would be the project's folder", () => {
      for (const place of [
        () => journalLocation("/project", { CUTOVER_JOURNAL: "" }),
        () => journalLocation("/project", {}, " "),
      ]) {
        assert.throws(place, /the place of the journals is empty/);
      }
    });

    it("is a bucket where a URL of S3 says so, and nothing that only looks like one", () => {
      const bucket = "evidence-eu";
      assert.deepEqual(journalLocation("/project", {}, "s3://evidence-eu"), { bucket, prefix: "" });
      assert.deepEqual(journalLocation("/project", {}, "s3://evidence-eu/"), { bucket, prefix: "" });
      assert.deepEqual(journalLocation("/project", {}, "s3://evidence-eu/a/b/"), { bucket, prefix: "a/b" });
      for (const text of ["s3://", "s3://Evidence/a", "S3://evidence/a", "gs://evidence/a", "s3://evidence/a b"]) {
        assert.throws(
          () => journalLocation("/project", {}, text),
          /is no place for a journal; allowed: a folder, or s3/,
        );
      }
    });
  });

  describe("the heartbeat", () => {
    it("is the last one that was left, readable by any monitoring", async () => {
      assert.equal(await lastBeat(shelf(), "production"), undefined);
      const left = {
        time: "2026-11-21T12:00:00.000Z",
        due: "2026-11-21T12:00:30.000Z",
        rollout: "production-1",
        stage: "shift-10",
        state: "watching",
        head: "ab",
        record: 3,
      };
      await beat(shelf(), "production", { ...left, state: "applying" });
      await beat(shelf(), "production", left);
      assert.deepEqual(await lastBeat(shelf(), "production"), left);
      const file = path.join(where.path, "production", "heartbeat.json");
      assert.deepEqual(JSON.parse(fs.readFileSync(file, "utf8")), left);
      fs.writeFileSync(file, "{");
      await assert.rejects(
        lastBeat(shelf(), "production"),
        /the heartbeat .*heartbeat.json is damaged.* The next tick writes a new one/,
      );
    });
  });

  describe("the claim", () => {
    const claim: Claim = {
      rollout: "production-7",
      stack: "production",
      stacks: {
        production: { "traffic.green": 10 },
        "production-application": { "capacity.green": "peak", "releases.green": { version: "2.0" } },
      },
    };

    it("is found by each stack that it owns values of, until it is removed", async () => {
      assert.equal(await readClaim(shelf(), "production"), undefined);
      await writeClaim(shelf(), claim);
      for (const stack of ["production", "production-application", undefined]) {
        assert.deepEqual(await readClaim(shelf(), stack), claim);
      }
      assert.equal(await readClaim(shelf(), "staging"), undefined);
      assert.equal(await readClaim(new FolderShelf(path.join(where.path, "nowhere"))), undefined);
      await removeClaim(shelf(), "production");
      await removeClaim(shelf(), "production");
      assert.equal(await readClaim(shelf(), "production"), undefined);
    });

    it("is replaced by the same stack's, and not by another stack's", async () => {
      await writeClaim(shelf(), claim);
      await writeClaim(shelf(), { ...claim, rollout: "production-8" });
      const other = { rollout: "canary-1", stack: "canary", stacks: { "production-application": {} } };
      await assert.rejects(
        writeClaim(shelf(), other),
        /rollout canary-1 needs stack production-application, which rollout production-8 owns/,
      );
      assert.equal((await readClaim(shelf()))?.rollout, "production-8");
    });

    it("is an error when it cannot be understood: a guard must not take that for none", async () => {
      await writeClaim(shelf(), claim);
      fs.writeFileSync(path.join(where.path, "README"), "");
      for (const content of ["", "{}", '{"rollout":"a","stack":"b","stacks":{"c":1}}']) {
        fs.writeFileSync(path.join(where.path, "production", "claim.json"), content);
        await assert.rejects(readClaim(shelf(), "staging"), (error: Error) => {
          assert(error instanceof JournalError);
          assert.match(error.message, /the claim .*claim.json is damaged/);
          return true;
        });
      }
    });
  });

  describe("overrides", () => {
    const override = (at: number): Override => ({
      by: "eva",
      reason: "fire",
      stack: "production-application",
      at,
      patch: { "capacity.blue": "off" },
    });

    it("are given to the journal in order, once", async () => {
      for (const at of [1_000_000_000_000, 1_000_000_000_002, 1_000_000_000_001]) {
        await noteOverride(shelf(), "production", override(at));
      }
      const taken: Override[] = [];
      const take = () => takeOverrides(shelf(), "production", async (each) => taken.push(each));
      await take();
      await take();
      assert.deepEqual(
        taken,
        [0, 1, 2].map((more) => override(1_000_000_000_000 + more)),
      );
    });

    it("are kept when the journal does not take them", async () => {
      await noteOverride(shelf(), "production", override(1));
      await assert.rejects(
        takeOverrides(shelf(), "production", () => Promise.reject(new Error("full"))),
        /full/,
      );
      const taken: Override[] = [];
      await takeOverrides(shelf(), "production", async (each) => taken.push(each));
      assert.equal(taken.length, 1);
    });
  });
});
