import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { SECRET } from "../support/types";

export const secretRotation: GraphRule = {
  id: "secret-rotation",
  title: "A secret is rotated every 90 days",
  area: "identity",
  severity: "high",
  frameworks: [soc2("CC6.1"), coppa("312.8(b)"), gdpr("32(1)(d)"), iso27001("A.5.17")],
  why: "What leaked and nobody noticed works until it is changed.",
  fix: "Add a SecretRotation with rotationRules.automaticallyAfterDays of 90 at most.",
  scope: "stack",
  types: [SECRET],
  check(secret, { report, graph, each }) {
    const rotations = graph.referrers(secret, "aws:secretsmanager/secretRotation:SecretRotation", "secretId");
    if (rotations.length === 0) {
      report("it has no rotation");
    }
    each(rotations, (rotation) => {
      const days = rotation.number("rotationRules.automaticallyAfterDays");
      if (days === undefined ? !rotation.has("rotationRules.scheduleExpression") : days > 90) {
        report(days === undefined ? "its rotation has no interval" : `it is rotated every ${days} days, more than 90`);
      }
    });
  },
};
