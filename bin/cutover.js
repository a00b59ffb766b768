#!/usr/bin/env node
"use strict";
// The sources are TypeScript; tsx strips their types at load time.
require("tsx/cjs");
const { main } = require("../cli/main.ts");

// The SDK takes a stack trace for each resource; mapping each of them back to TypeScript took a third of a run.
process.setSourceMapsEnabled(false);

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
