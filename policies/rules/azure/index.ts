import type { Rule } from "../../rule";
import { aiCustomerKey } from "./aiCustomerKey";
import { aiNoKeys } from "./aiNoKeys";
import { aiOutbound } from "./aiOutbound";
import { aiPrivate } from "./aiPrivate";
import { aiRegionalDeployment } from "./aiRegionalDeployment";
import { aksDiskKey } from "./aksDiskKey";
import { aksNetworkPolicy } from "./aksNetworkPolicy";
import { aksNoLocalAccounts } from "./aksNoLocalAccounts";
import { aksPrivate } from "./aksPrivate";
import { aksPrivateNodes } from "./aksPrivateNodes";
import { aksRbac } from "./aksRbac";
import { aksVersion } from "./aksVersion";
import { aksVersionEnding } from "./aksVersionEnding";
import { aksZones } from "./aksZones";
import { diagnostics } from "./diagnostics";
import { edgeFirewallAttached } from "./edgeFirewallAttached";
import { edgeFirewallPrevents } from "./edgeFirewallPrevents";
import { edgeHttps } from "./edgeHttps";
import { edgePremium } from "./edgePremium";
import { edgeTls } from "./edgeTls";
import { federationExact } from "./federationExact";
import { logRetention } from "./logRetention";
import { networkDdos } from "./networkDdos";
import { networkRuleNarrow } from "./networkRuleNarrow";
import { postgresBackup } from "./postgresBackup";
import { postgresNoPasswords } from "./postgresNoPasswords";
import { postgresPrivate } from "./postgresPrivate";
import { postgresTls } from "./postgresTls";
import { postgresZones } from "./postgresZones";
import { redisNoKeys } from "./redisNoKeys";
import { redisPrivate } from "./redisPrivate";
import { redisTls } from "./redisTls";
import { roleNarrow } from "./roleNarrow";
import { storageNoKeys } from "./storageNoKeys";
import { storageNoPublicBlobs } from "./storageNoPublicBlobs";
import { storagePrivate } from "./storagePrivate";
import { storageTls } from "./storageTls";
import { vaultPrivate } from "./vaultPrivate";
import { vaultRbac } from "./vaultRbac";
import { vaultRecoverable } from "./vaultRecoverable";

/** The rules for Azure. */
export const azureRules: readonly Rule[] = [
  aiCustomerKey,
  aiNoKeys,
  aiOutbound,
  aiPrivate,
  aiRegionalDeployment,
  aksDiskKey,
  aksNetworkPolicy,
  aksNoLocalAccounts,
  aksPrivate,
  aksPrivateNodes,
  aksRbac,
  aksVersion,
  aksVersionEnding,
  aksZones,
  diagnostics,
  edgeFirewallAttached,
  edgeFirewallPrevents,
  edgeHttps,
  edgePremium,
  edgeTls,
  federationExact,
  logRetention,
  networkDdos,
  networkRuleNarrow,
  postgresBackup,
  postgresNoPasswords,
  postgresPrivate,
  postgresTls,
  postgresZones,
  redisNoKeys,
  redisPrivate,
  redisTls,
  roleNarrow,
  storageNoKeys,
  storageNoPublicBlobs,
  storagePrivate,
  storageTls,
  vaultPrivate,
  vaultRbac,
  vaultRecoverable,
];
