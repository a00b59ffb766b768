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

// The SDK loads npm's own resolver of packages, for programs that serialize functions: most of the time to load the SDK. It
// is loaded when something of it is used.
const RESOLVER = "@npmcli/arborist";
const load = Module._load;

Module._load = (request, parent, isMain) =>
  request === RESOLVER ? whenUsed(() => load(RESOLVER, parent, isMain)) : load(request, parent, isMain);

function whenUsed(get) {
  return new Proxy({ __esModule: true }, { get: (own, name) => (name in own ? own[name] : get()[name]) });
}
