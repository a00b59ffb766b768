"use strict";
const { PolicyPack } = require("@pulumi/policy");

// The SDK refuses a pack without any.
new PolicyPack("no-rules", {
  policies: [
    { name: "anything-goes", description: "Anything goes.", enforcementLevel: "mandatory", validateStack: () => {} },
  ],
});
