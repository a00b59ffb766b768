import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { AI_ACCOUNT } from "./internal/types";

export const aiOutbound: ResourceRule = {
  id: "azure-ai-outbound",
  title: "AI services call only addresses that are named",
  area: "exposure",
  severity: "high",
  frameworks: [soc2("CC6.7"), iso27001("A.8.12"), gdpr("32(1)(b)"), ferpa("99.33"), coppa("312.8(c)")],
  why: "A prompt that makes the service fetch an address carries data out of it.",
  fix: "Set properties.restrictOutboundNetworkAccess to true, and list addresses in properties.allowedFqdnList.",
  scope: "resource",
  types: [AI_ACCOUNT],
  check(account, { report }) {
    if (account.flag("properties.restrictOutboundNetworkAccess") !== true) {
      report("properties.restrictOutboundNetworkAccess is not true");
    }
  },
};
