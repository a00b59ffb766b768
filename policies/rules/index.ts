import type { Rule } from "../rule";
import { availabilityRules } from "./availability";
import { azureRules } from "./azure";
import { cloudflareRules } from "./cloudflare";
import { costRules } from "./cost";
import { encryptionRules } from "./encryption";
import { exposureRules } from "./exposure";
import { governanceRules } from "./governance";
import { identityRules } from "./identity";
import { kubernetesRules } from "./kubernetes";
import { loggingRules } from "./logging";
import { residencyRules } from "./residency";
import { retentionRules } from "./retention";
import { rolloutRules } from "./rollout";
import { transitRules } from "./transit";
import { versionsRules } from "./versions";

/** Every rule of the pack, by area. */
export const RULES: readonly Rule[] = [
  ...encryptionRules,
  ...transitRules,
  ...exposureRules,
  ...identityRules,
  ...kubernetesRules,
  ...loggingRules,
  ...retentionRules,
  ...residencyRules,
  ...availabilityRules,
  ...versionsRules,
  ...rolloutRules,
  ...costRules,
  ...governanceRules,
  ...azureRules,
  ...cloudflareRules,
];
