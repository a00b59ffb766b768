import type { Rule } from "../../rule";
import { headerSecret } from "./headerSecret";
import { loadBalancerCookie } from "./loadBalancerCookie";
import { loadBalancerProxied } from "./loadBalancerProxied";
import { loadBalancerRedundant } from "./loadBalancerRedundant";
import { monitorHttps } from "./monitorHttps";
import { monitorTime } from "./monitorTime";
import { poolJurisdiction } from "./poolJurisdiction";
import { poolMonitored } from "./poolMonitored";
import { recordProxied } from "./recordProxied";
import { tokenExpires } from "./tokenExpires";
import { zoneAlwaysHttps } from "./zoneAlwaysHttps";
import { zoneDnssec } from "./zoneDnssec";
import { zoneFirewall } from "./zoneFirewall";
import { zoneFirewallLog } from "./zoneFirewallLog";
import { zoneHsts } from "./zoneHsts";
import { zoneMinimumTls } from "./zoneMinimumTls";
import { zoneRateLimit } from "./zoneRateLimit";
import { zoneStrictTls } from "./zoneStrictTls";
import { zoneTls13 } from "./zoneTls13";

/** The rules for Cloudflare. */
export const cloudflareRules: readonly Rule[] = [
  headerSecret,
  loadBalancerCookie,
  loadBalancerProxied,
  loadBalancerRedundant,
  monitorHttps,
  monitorTime,
  poolJurisdiction,
  poolMonitored,
  recordProxied,
  tokenExpires,
  zoneAlwaysHttps,
  zoneDnssec,
  zoneFirewall,
  zoneFirewallLog,
  zoneHsts,
  zoneMinimumTls,
  zoneRateLimit,
  zoneStrictTls,
  zoneTls13,
];
