"use strict";
const { writeFileSync } = require("node:fs");
const { reporters } = require("mocha");

/** Mocha's spec reporter, which also writes the counts of the run to a file for `.ci/run`. */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once("end", () => writeFileSync(options.reporterOptions.output, JSON.stringify({ stats: this.stats })));
  }
};
