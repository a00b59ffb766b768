import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { SUBNET } from "../support/types";

export const subnetNoPublicAddresses: ResourceRule = {
  id: "subnet-no-public-addresses",
  title: "Subnets give nobody a public address unasked",
  area: "exposure",
  severity: "high",
  frameworks: [ferpa("99.31(a)(1)(ii)"), gdpr("32(1)(b)"), soc2("CC6.6"), iso27001("A.8.20"), gdpr("25(2)")],
  why: "What gets a public address by default is on the internet by mistake.",
  fix: "Set mapPublicIpOnLaunch and assignIpv6AddressOnCreation to false; what needs an address asks for it.",
  scope: "resource",
  types: [SUBNET, "aws:ec2/defaultSubnet:DefaultSubnet"],
  check(subnet, { report }) {
    if (subnet.flag("mapPublicIpOnLaunch") === true) {
      report("mapPublicIpOnLaunch is true");
    }
  },
};
