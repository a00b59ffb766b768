import type { Json } from "../../../rollout/engine";
import type { Cloud, Properties } from "../../engine/cloud";
import { text } from "../../../pulumi/json";
import { TableCloud } from "../tableCloud";
import { cluster } from "./cluster";
import { data } from "./data";
import { edge } from "./edge";
import { governance } from "./governance";
import { identity } from "./identity";
import { loadBalancing } from "./loadBalancing";
import { network } from "./network";
import { serverless } from "./serverless";
import { storage } from "./storage";

/** The account of a provider that names none. */
const INVENTED_ACCOUNT = "123456789012";

/** AWS. */
export const aws: Cloud = new TableCloud({
  package: "aws",
  models: {
    ...network,
    ...identity,
    ...storage,
    ...cluster,
    ...loadBalancing,
    ...data,
    ...serverless,
    ...edge,
    ...governance,
  },
  nameSuffix: "-{hex:7}",
  provider: (inputs) => ({
    region: text(inputs.region ?? "us-east-1"),
    regionCode: regionCode(text(inputs.region ?? "us-east-1")),
    account: text((structured(inputs.allowedAccountIds) as Json[] | undefined)?.[0] ?? INVENTED_ACCOUNT),
  }),
  defaultTags: (inputs) => (structured(inputs.defaultTags) as { tags?: Record<string, Json> } | undefined)?.tags ?? {},
});

/** Providers take what is not a text as JSON. */
function structured(value: Properties[string] | undefined): Json | undefined {
  return typeof value === "string" ? (JSON.parse(value) as Json) : value;
}

/** The short form of a region: `apse2` for `ap-southeast-2`. */
function regionCode(region: string): string {
  const [area = "", direction = "", number = ""] = region.split("-");
  return area + direction.replace(/north|south|east|west|central/g, (word) => word[0]!) + number;
}
