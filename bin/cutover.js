#!/usr/bin/env -S node --max-semi-space-size=32
"use strict";
// A run makes many short-lived objects: with Node's default of 16 MB for them, a quarter of its time went into moving them.
require("./sources.js");
const { main } = require("../cli/main.ts");

for (const stream of [process.stdout, process.stderr]) {
  // Who reads the output may go early (`| head`), and a disk may be full: neither is worth a stack trace.
  stream.on("error", (error) => {
    if (error.code !== "EPIPE" && stream === process.stdout) {
      process.stderr.write(`error: the output cannot be written: ${error.message}\n`);
    }
    process.exit(error.code === "EPIPE" ? 0 : 1);
  });
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
