import { z } from "zod";
import { onlyOn } from "./clouds";
import { COUNTRIES } from "./countries";
import { awsRegion, cidr, percent } from "./fields";

/** The legal areas whose data may not leave their regions. The names are the deployment's own: US, EU, APAC. */
export const jurisdictionName = z.string().regex(/^[A-Z][A-Z0-9]{1,9}$/, "upper-case letters and digits, such as EU");

const COUNTRY = "an ISO 3166-1 country code such as GB (not UK), in quotes";
const country = z.string({ error: COUNTRY }).refine((code) => COUNTRIES.has(code), COUNTRY);

export const jurisdictionsSchema = z
  .record(
    jurisdictionName,
    z.strictObject({
      share: percent.describe(
        "Percentage of all requests that users of this jurisdiction send; its regions' shares add up to it.",
      ),
      countries: z
        .array(country)
        .min(1)
        .describe("Countries (ISO 3166-1 alpha-2) whose users this jurisdiction's regions serve."),
      elsewhere: z
        .boolean()
        .default(false)
        .describe("Whether users of countries that no jurisdiction lists come here. Exactly one jurisdiction says so."),
      copies: onlyOn(
        awsRegion
          .optional()
          .describe(
            "Where a jurisdiction of one region keeps copies of its backups: another region of the same legal area, which gets a vault and its key and nothing else. @default - none: the other region of the jurisdiction has them",
          ),
        ["aws"],
        "elsewhere backups are copied by the service that makes them",
      ),
    }),
  )
  .describe(
    "The legal areas: who is served where. Requests, failover, replicas and backups stay inside their jurisdiction.",
  );

export const REGION_ROLES = ["primary", "secondary", "regional", "recovery"] as const;

/** The name of a region of any cloud: an AWS region, an Azure location, or the name that a deployment gives to a cluster's place. */
export const regionName = z
  .string()
  .max(30)
  .regex(/^[a-z][a-z0-9-]*[a-z0-9]$/, "a region's name: lower-case letters, digits and hyphens");

/** What every deployment says of a region, whatever its platform is made of. */
export const regionFields = {
  jurisdiction: jurisdictionName.describe("The legal area that this region belongs to."),
  role: z
    .enum(REGION_ROLES)
    .describe(
      "primary: serves and holds what exists once (one region); secondary: serves, and recovers another; regional: serves alone; recovery: warm, serves only when its jurisdiction fails over.",
    ),
  share: percent.describe(
    "Percentage of all requests that this region serves; sizes its capacity. 0 for a recovery region.",
  ),
  database: z
    .enum(["primary", "replica"])
    .describe("Whether this region holds its jurisdiction's primary database or a promotable replica of it."),
};

/** What the nodes of a region leave to workloads. */
export const nodesSchema = z
  .strictObject({
    cpu: z.number().positive().describe("Allocatable vCPU, of all nodes at their most."),
    memoryGiB: z.number().positive().describe("Allocatable memory, GiB, of all nodes at their most."),
    gpus: z.number().int().min(0).default(0).describe("GPUs."),
  })
  .describe("What the workloads of both colors have to fit into.");

export const regionsSchema = z
  .record(
    awsRegion,
    z.strictObject({
      ...regionFields,
      cidr: cidr.describe("The VPC's range, /16 to /20; ranges of different regions do not overlap."),
      zones: z
        .array(z.string().regex(/^[a-z]{2}(-gov)?-[a-z]+-\d[a-z]$/, "an availability zone such as eu-west-1a"))
        .min(2)
        .max(4)
        .describe("Availability zones. Named here and not looked up, so that a preview is the same on every machine."),
    }),
  )
  .describe("The cloud regions of the deployment.");

export type Jurisdictions = z.infer<typeof jurisdictionsSchema>;
export type Regions = z.infer<typeof regionsSchema>;
export type Region = Regions[string];
