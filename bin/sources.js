"use strict";
// The sources are TypeScript: tsx strips their types at load time. The modules of packages are JavaScript, and load as
// Node loads them: tsx would read and parse each of them once more, which is half of the time to load the SDK.
const Module = require("node:module");

const plain = Module._extensions[".js"];
require("tsx/cjs");
const stripping = Module._extensions[".js"];

Module._extensions[".js"] = (module, file) => {
  (/[\\/]node_modules[\\/]/.test(file) ? plain : stripping)(module, file);
};
