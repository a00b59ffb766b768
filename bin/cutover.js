#!/usr/bin/env node
"use strict";
// The sources are TypeScript; tsx strips their types at load time.
require("tsx/cjs");
const { main } = require("../cli/main.ts");

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
