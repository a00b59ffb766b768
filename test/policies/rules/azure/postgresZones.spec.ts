import { postgresZones } from "../../../../policies/rules/azure/postgresZones";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { postgres, versioned } from "./fixtures";

describeRule(postgresZones, {
  passes: [{ what: "as it should be", resources: [postgres()] }],
  fails: [
    { what: "in the same zone", resources: [postgres({ "highAvailability.mode": "SameZone" })] },
    { what: "off", resources: [postgres({ "highAvailability.mode": "Disabled" })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(postgres({ "highAvailability.mode": "SameZone" }))],
    },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [{ what: "not set", resources: [postgres({ "highAvailability.mode": undefined })], expect: "violated" }],
  unknown: [{ what: "not known yet", resources: [postgres({ "highAvailability.mode": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [postgres({ "highAvailability.mode": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [
    {
      what: "a replica is another's standby",
      resources: [postgres({ createMode: "Replica", highAvailability: undefined })],
    },
  ],
});
