import type { Rule } from "../../rule";
import { eksApiAuthentication } from "./eksApiAuthentication";
import { iamIrsaExactSubject } from "./iamIrsaExactSubject";
import { iamNoAdministrator } from "./iamNoAdministrator";
import { iamNoUsers } from "./iamNoUsers";
import { iamNoWildcards } from "./iamNoWildcards";
import { lambdaNoPlainSecrets } from "./lambdaNoPlainSecrets";
import { rdsIamAuthentication } from "./rdsIamAuthentication";
import { secretRotation } from "./secretRotation";
import { secretValuesMarked } from "./secretValuesMarked";
import { stackOutputsNoSecrets } from "./stackOutputsNoSecrets";
import { stateEncryptionKey } from "./stateEncryptionKey";

/** Rules on identities and secrets. */
export const identityRules: readonly Rule[] = [
  iamNoWildcards,
  iamNoAdministrator,
  iamIrsaExactSubject,
  iamNoUsers,
  eksApiAuthentication,
  rdsIamAuthentication,
  secretValuesMarked,
  lambdaNoPlainSecrets,
  stackOutputsNoSecrets,
  secretRotation,
  stateEncryptionKey,
];
