import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import { POSTGRES_MINORS, SUPPORT, supportOf } from "../../data/versions";
import type { ResourceRule } from "../../rule";
import { DATABASE, DATABASE_CLUSTER } from "../support/types";

export const rdsSupportedVersion: ResourceRule = {
  id: "rds-supported-version",
  title: "A database's version is in standard support, and can be created",
  area: "versions",
  severity: "high",
  frameworks: [soc2("CC7.1"), gdpr("32(1)(b)"), coppa("312.8(a)"), iso27001("A.8.8")],
  why: "Out of support there are no fixes of holes; the cloud upgrades by force, at its own time, or charges several times the price.",
  fix: "Upgrade to a version that RDS lists as available.",
  scope: "resource",
  types: [DATABASE, DATABASE_CLUSTER],
  applies: (database) => {
    const engine = database.text("engine");
    return (
      engine === "postgres" ||
      engine === "aurora-postgresql" ||
      (engine === undefined && database.has("replicateSourceDb"))
    );
  },
  check(database, { report, today }) {
    const version = database.text("engineVersion");
    if (version === undefined) {
      report("engineVersion is not set: it is whatever is new on the day of creation");
      return;
    }
    const [major = "", minor] = version.split(".");
    const support = supportOf(SUPPORT.postgres, version, today);
    if (support?.state === "ended") {
      report(
        `standard support of PostgreSQL ${major} ended${support.until === undefined ? "" : ` on ${support.until}`}`,
      );
    }
    const oldest = POSTGRES_MINORS[major];
    if (minor !== undefined && oldest !== undefined && Number(minor) < oldest) {
      report(`PostgreSQL ${version} is deprecated: RDS creates ${major}.${oldest} and later`);
    }
  },
};
