import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { TRAIL } from "../support/types";

export const cloudtrailComplete: ResourceRule = {
  id: "cloudtrail-complete",
  title: "A trail can be trusted: on, encrypted, and its files verified",
  area: "logging",
  severity: "critical",
  frameworks: [
    ferpa("99.32"),
    gdpr("30"),
    gdpr("33"),
    soc2("CC7.2"),
    iso27001("A.8.15"),
    iso27001("A.5.28"),
    iso27001("A.5.33"),
  ],
  why: "A trail that can be changed afterwards proves nothing.",
  fix: "Set enableLogFileValidation to true and kmsKeyId to a key of the account; leave enableLogging on.",
  scope: "resource",
  types: [TRAIL],
  check(trail, { report }) {
    if (trail.flag("enableLogging") === false) {
      report("enableLogging is false");
    }
    if (trail.flag("enableLogFileValidation") !== true) {
      report("enableLogFileValidation is not true");
    }
    if (!trail.has("kmsKeyId")) {
      report("kmsKeyId is not set");
    }
  },
};
