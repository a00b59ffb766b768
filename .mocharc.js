"use strict";
// The spec reporter for people; with CUTOVER_TEST_REPORT also the counts, as JSON, for .ci/run.
const report = process.env.CUTOVER_TEST_REPORT;
module.exports = {
  require: ["tsx/cjs"],
  spec: ["test/**/*.spec.ts"],
  timeout: 120_000,
  forbidOnly: true,
  ...(report === undefined ? {} : { reporter: "./test/support/reporter.js", "reporter-option": [`output=${report}`] }),
};
