"use strict";
// What Pulumi starts, and waits for. The sources are TypeScript: their types are stripped at load time.
const { getSessionAsync } = require("@pulumi/pulumi/runtime/closure/v8Hooks");

module.exports = (async () => {
  // Pulumi attaches V8's debugger to every program, for those that serialize functions. The pack serializes none, and with a
  // debugger its modules take half as long again to load.
  const session = await getSessionAsync();
  session.post("Debugger.disable");
  require("../bin/sources.js");
  require("./index.ts");
})();
