// Installs what package-lock.json says, once: `npm start` and `npm test` work on a fresh clone. Plain JavaScript,
// because nothing is installed yet when it runs.
"use strict";
const { spawnSync } = require("node:child_process");
const { existsSync, statSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `cutover needs Node 20.19 or later; this is ${process.version}. Install a newer one and run the command again.`,
  );
  process.exit(1);
}
// npm writes this file at the end of an installation: it is missing, or older than the lock, when there is work to do.
const installed = join(root, "node_modules", ".package-lock.json");
const lock = join(root, "package-lock.json");
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  console.error("Installing the locked packages (once, about half a minute) ...");
  // Install scripts would download provider plugins, which the rehearsal does not need and Pulumi gets by itself.
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error("The installation failed. Run `npm ci --ignore-scripts` to see why.");
    process.exit(1);
  }
}
