import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const LOADED = `Object.keys(require.cache).some((file) => /@npmcli.arborist/.test(file))`;

describe("the sources", () => {
  it("load Pulumi's SDK without npm's resolver of packages, which is there once it is used", () => {
    const program = `
      require("./bin/sources.js");
      require("@pulumi/pulumi");
      const before = ${LOADED};
      const { Arborist } = require("@npmcli/arborist");
      console.log(before, ${LOADED}, new Arborist({ path: "." }).path);`;
    const output = execFileSync(process.execPath, ["-e", program], { cwd: ROOT, encoding: "utf8" });
    assert.equal(output.trim(), `false true ${ROOT}`);
  });
});
