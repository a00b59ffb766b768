import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { allows, isConditional, isForEverybody, statementsOf } from "../support/documents";
import { BUCKET, BUCKET_POLICY } from "../support/types";

export const s3PolicyNotPublic: ResourceRule = {
  id: "s3-policy-not-public",
  title: "No bucket policy lets everybody in",
  area: "exposure",
  severity: "critical",
  frameworks: [
    ferpa("99.31(a)(1)(ii)"),
    coppa("312.8(a)"),
    gdpr("32(1)(b)"),
    soc2("CC6.1"),
    iso27001("A.8.3"),
    ferpa("99.30"),
  ],
  why: "A statement that allows everybody publishes what it names.",
  fix: "Name the principals, or limit the statement by a condition on the source.",
  scope: "resource",
  types: [BUCKET_POLICY, BUCKET],
  applies: (holder) => holder.has("policy"),
  check(holder, { report, each }) {
    each(statementsOf(holder.json("policy")), (statement) => {
      if (allows(statement) && isForEverybody(statement) && !isConditional(statement)) {
        report("a statement allows everybody, without a condition");
      }
    });
  },
};
