import { subnetNoPublicAddresses } from "../../../../policies/rules/exposure/subnetNoPublicAddresses";
import { SUBNET } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";

describeRule(
  subnetNoPublicAddresses,
  valuesOf({ type: SUBNET, path: "mapPublicIpOnLaunch", good: [false], bad: [true], absent: "passed" }),
);
