import { dataProtected } from "../../../../policies/rules/availability/dataProtected";
import { DATABASE } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { bucket, recordsBucket } from "../aws";

describeRule(dataProtected, {
  passes: [{ what: "protected", resources: [draft(DATABASE, {}, { protect: true })] }],
  fails: [{ what: "not protected", resources: [draft(DATABASE, {})] }],
  boundary: [{ what: "a bucket of records", resources: [recordsBucket()], expect: "violated" }],
  absent: { none: "an option that is not set is off" },
  unknown: [{ what: "the tags of a bucket", resources: [bucket({ tags: unknown })] }],
  secret: { none: "an option is no secret" },
  notApplicable: [{ what: "a bucket of assets", resources: [bucket()] }],
});
