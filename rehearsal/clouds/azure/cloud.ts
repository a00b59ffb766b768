import type { Cloud } from "../../engine/cloud";
import { text } from "../../../pulumi/json";
import { inventUuid } from "../invent";
import { TableCloud } from "../tableCloud";
import { ai } from "./ai";
import { cluster } from "./cluster";
import { userCredentials } from "./credentials";
import { data } from "./data";
import { edge } from "./edge";
import { identity } from "./identity";
import { monitoring } from "./monitoring";
import { network } from "./network";

/** The subscription of a provider that names none. */
const INVENTED_SUBSCRIPTION = inventUuid("azure subscription");

/** Azure. Its resources are found by their paths below a subscription. */
export const azure: Cloud = new TableCloud({
  package: "azure-native",
  models: { ...identity, ...ai, ...network, ...cluster, ...data, ...edge, ...monitoring },
  nameSuffix: "{hex:8}",
  provider: ({ subscriptionId, tenantId }) => {
    const subscription = text(subscriptionId ?? INVENTED_SUBSCRIPTION);
    return { subscription, tenant: text(tenantId ?? inventUuid(`tenant of ${subscription}`)) };
  },
  functions: { "azure-native:containerservice:listManagedClusterUserCredentials": userCredentials },
});
