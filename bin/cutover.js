#!/usr/bin/env -S node --max-semi-space-size=32
"use strict";
// A run makes many short-lived objects: with Node's default of 16 MB for them, a quarter of its time went into moving them.
require("./sources.js");
const { main } = require("../cli/main.ts");

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
