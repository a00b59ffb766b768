import { stateEncryptionKey } from "../../../../policies/rules/identity/stateEncryptionKey";
import { STACK } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(stateEncryptionKey, {
  passes: [{ what: "a key of a cloud", resources: [draft(STACK, {}, { secretsProvider: "cloud" })] }],
  fails: [{ what: "a passphrase", resources: [draft(STACK, {}, { secretsProvider: "passphrase" })] }],
  boundary: { none: "there is no limit" },
  absent: { none: "without a state nobody knows" },
  unknown: { none: "a state says it, or there is none" },
  secret: { none: "the kind of a key is no secret" },
  notApplicable: [{ what: "a rehearsal", resources: [draft(STACK, {})] }],
});
