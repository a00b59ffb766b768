"use strict";
// Preloaded into a measured process: writes what the process cost to the file that it is told, when it ends.
const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const cost = { seconds: process.uptime(), cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 };
  const files = Object.keys(require.cache).map((file) => /@pulumi\/([\w-]+)\//.exec(file)?.[1]);
  const sdks = ["aws", "azure-native", "cloudflare", "kubernetes"].filter((name) => files.includes(name));
  writeFileSync(process.env.CUTOVER_BENCH_PROBE, JSON.stringify({ ...cost, sdks }));
});
