import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { LAUNCH_TEMPLATE } from "../support/types";

export const instanceMetadataV2: ResourceRule = {
  id: "instance-metadata-v2",
  title: "Instances answer metadata requests with a token only",
  area: "exposure",
  severity: "high",
  frameworks: [soc2("CC6.1"), gdpr("32(1)(b)"), iso27001("A.8.9")],
  why: "A server that can be made to fetch an address hands out the credentials of its node.",
  fix: "Set metadataOptions.httpTokens to required, and httpPutResponseHopLimit to 2 at most.",
  scope: "resource",
  types: [LAUNCH_TEMPLATE, "aws:ec2/instance:Instance"],
  check(template, { report }) {
    if (template.text("metadataOptions.httpEndpoint") === "disabled") {
      return;
    }
    if (template.text("metadataOptions.httpTokens") !== "required") {
      report("metadataOptions.httpTokens is not required");
    }
    const hops = template.number("metadataOptions.httpPutResponseHopLimit") ?? 1;
    if (hops > 2) {
      report(`metadataOptions.httpPutResponseHopLimit is ${hops}, more than 2`);
    }
  },
};
