import { z } from "zod";

/**
 * What a deployment's platform is made of. `kubernetes` makes no cloud resource at all: its clusters are there already, anywhere.
 */
export const CLOUDS = ["aws", "azure", "kubernetes"] as const;
export type Cloud = (typeof CLOUDS)[number];

export const cloudSchema = z
  .enum(CLOUDS)
  .default("aws")
  .describe(
    "What the platform is made of. aws: EKS, RDS, ALB. azure: AKS, Azure Database for PostgreSQL, Front Door. kubernetes: clusters that are there already, anywhere. The same in every stack of a deployment; it decides which keys there are.",
  );

/**
 * Says of a field of a section that several clouds have that it belongs to some of them only. A value there in a stack of
 * another cloud is refused with the reason.
 *
 * @param why - Why the others have none, as the end of a sentence: "an ALB alone has priorities".
 */
export function onlyOn<T extends z.ZodType>(schema: T, clouds: readonly Cloud[], why: string): T {
  return schema.meta({ ...schema.meta(), clouds, why });
}

/** What {@link onlyOn} said of a field. */
export function cloudsOf(schema: z.ZodType): { clouds: readonly Cloud[]; why: string } | undefined {
  const { clouds, why } = (schema.meta() ?? {}) as { clouds?: readonly Cloud[]; why?: string };
  return clouds === undefined || why === undefined ? undefined : { clouds, why };
}
