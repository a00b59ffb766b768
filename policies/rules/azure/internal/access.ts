import type { Resource } from "../../../graph";
import type { Context } from "../../../rule";
import { EVERYBODY } from "../../support/network";

/** Texts by which Azure means everybody, besides ranges. */
const ANYWHERE = new Set(["*", "any", "internet", ...EVERYBODY]);

/** Whether an address prefix, range or service tag means everybody. */
export function isAnywhere(prefix: string): boolean {
  return ANYWHERE.has(prefix.toLowerCase());
}

/** Whether a setting has a value, whatever its case: Azure's services differ in it. */
export function is(resource: Resource, path: string, value: string): boolean {
  return resource.text(path)?.toLowerCase() === value.toLowerCase();
}

/**
 * Reports a service that answers the whole internet: its public access is on, and its firewall does not deny who is not
 * named.
 *
 * @param at - Where `publicNetworkAccess` stands, with a dot at the end; empty for the resource itself.
 * @param firewall - Where the firewall stands.
 */
export function checkClosed(resource: Resource, { report }: Context, at: string, firewall: string): void {
  if (is(resource, `${at}publicNetworkAccess`, "Disabled")) {
    return;
  }
  if (!is(resource, `${firewall}.defaultAction`, "Deny")) {
    report(`${at}publicNetworkAccess is not Disabled, and ${firewall}.defaultAction is not Deny`);
  } else if (resource.texts(`${firewall}.ipRules[*].value`).some(isAnywhere)) {
    report(`${firewall}.ipRules lets everybody in`);
  }
}
