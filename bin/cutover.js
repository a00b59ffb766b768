#!/usr/bin/env node
"use strict";
require("./sources.js");
const { main } = require("../cli/main.ts");

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
