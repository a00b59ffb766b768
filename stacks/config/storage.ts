import { z } from "zod";
import { count } from "./fields";
import type { Regions } from "./regions";

export const storageSchema = z
  .strictObject({
    records: z
      .strictObject({
        retentionDays: count(1)
          .default(1_095)
          .describe(
            "Days after its last write when an education record is deleted at the latest: three school years. Finite, because children's data may not be kept forever (COPPA, 16 CFR 312.10); a request to erase is served earlier, by the application.",
          ),
        versionDays: count(1)
          .default(90)
          .describe("Days that a replaced or deleted version is kept, to be brought back."),
        abortUploadDays: count(1).default(7).describe("Days after which an upload that was never finished is removed."),
      })
      .optional()
      .describe("The bucket of education records of each region. @default - none"),
    assets: z
      .strictObject({
        versionDays: count(1)
          .default(90)
          .describe("Days that a replaced or deleted version is kept, to be brought back."),
        abortUploadDays: count(1).default(7).describe("Days after which an upload that was never finished is removed."),
      })
      .prefault({})
      .describe(
        "The bucket of content-hashed assets of both colors, where edge.static serves them. Assets do not expire: a page of the other color may still name them.",
      ),
  })
  .prefault({})
  .describe("Object storage.");

export type StorageConfig = z.infer<typeof storageSchema>;

/** One direction in which education records are copied. */
export interface RecordsCopy {
  /** Region whose records are copied. */
  from: string;
  /** Region of the same jurisdiction that receives them. */
  to: string;
}

/**
 * Which regions copy their education records where. Every serving region copies to the recovery region of its
 * jurisdiction, or to another serving region where there is none. A recovery region copies back to the serving
 * regions, so that what users write during a failover is there when they return. S3 does not copy a copy again, so
 * nothing goes round in circles. No copy leaves its jurisdiction. Pure.
 */
export function recordsCopies(regions: Regions): RecordsCopy[] {
  return Object.entries(regions).flatMap(([from, { jurisdiction, role }]) => {
    const others = Object.entries(regions).filter(
      ([name, region]) => name !== from && region.jurisdiction === jurisdiction,
    );
    const recovery = others.filter(([, region]) => region.role === "recovery");
    const targets = role !== "recovery" && recovery.length > 0 ? recovery : others;
    return targets.map(([to]) => ({ from, to }));
  });
}

/** Records are there in a bucket, or nowhere. */
export type RecordsConfig = NonNullable<StorageConfig["records"]>;
