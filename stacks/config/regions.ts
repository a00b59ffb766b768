import { z } from "zod";
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
    }),
  )
  .describe(
    "The legal areas: who is served where. Requests, failover, replicas and backups stay inside their jurisdiction.",
  );

export const REGION_ROLES = ["primary", "secondary", "regional", "recovery"] as const;

export const regionsSchema = z
  .record(
    awsRegion,
    z.strictObject({
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
