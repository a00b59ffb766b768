"use strict";
// What Pulumi starts. The sources are TypeScript: their types are stripped at load time.
require("../bin/sources.js");
require("./index.ts");
