import type { Rule } from "../../rule";
import { backupVaultCustomerKey } from "./backupVaultCustomerKey";
import { dynamodbCustomerKey } from "./dynamodbCustomerKey";
import { ebsVolumeEncrypted } from "./ebsVolumeEncrypted";
import { efsEncrypted } from "./efsEncrypted";
import { eksSecretsEncrypted } from "./eksSecretsEncrypted";
import { elasticacheAtRestEncrypted } from "./elasticacheAtRestEncrypted";
import { elasticacheCustomerKey } from "./elasticacheCustomerKey";
import { kmsKeyDeletionWindow } from "./kmsKeyDeletionWindow";
import { kmsKeyPolicy } from "./kmsKeyPolicy";
import { kmsKeyRotation } from "./kmsKeyRotation";
import { launchTemplateVolumesEncrypted } from "./launchTemplateVolumesEncrypted";
import { logGroupCustomerKey } from "./logGroupCustomerKey";
import { rdsCustomerKey } from "./rdsCustomerKey";
import { rdsInsightsKey } from "./rdsInsightsKey";
import { rdsStorageEncrypted } from "./rdsStorageEncrypted";
import { s3KmsEncryption } from "./s3KmsEncryption";
import { secretCustomerKey } from "./secretCustomerKey";
import { snsTopicEncrypted } from "./snsTopicEncrypted";
import { sqsQueueEncrypted } from "./sqsQueueEncrypted";

/** Rules on encryption at rest. */
export const encryptionRules: readonly Rule[] = [
  rdsStorageEncrypted,
  rdsCustomerKey,
  rdsInsightsKey,
  elasticacheAtRestEncrypted,
  elasticacheCustomerKey,
  s3KmsEncryption,
  eksSecretsEncrypted,
  launchTemplateVolumesEncrypted,
  ebsVolumeEncrypted,
  efsEncrypted,
  dynamodbCustomerKey,
  sqsQueueEncrypted,
  snsTopicEncrypted,
  logGroupCustomerKey,
  secretCustomerKey,
  backupVaultCustomerKey,
  kmsKeyRotation,
  kmsKeyDeletionWindow,
  kmsKeyPolicy,
];
