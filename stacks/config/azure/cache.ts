import { z } from "zod";

export const cacheSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,58}[a-z0-9]$/, "2 to 60 lower-case letters, digits and hyphens")
      .describe("Name of the cache, <name>.<region>.redis.azure.net; unique in its region."),
    sku: z
      .string()
      .regex(/^(Balanced_B|MemoryOptimized_M|ComputeOptimized_X)\d+$/, "a size such as Balanced_B10")
      .describe("Size of Azure Managed Redis: the figure is about its memory in GB, of which 80 % is for data."),
    evictionPolicy: z
      .enum(["NoEviction", "VolatileLRU", "AllKeysLRU", "VolatileTTL"])
      .default("VolatileLRU")
      .describe(
        "What a full cache gives up: with VolatileLRU who was idle longest is logged out, instead of every login refused.",
      ),
    backupEvery: z
      .enum(["1h", "6h", "12h"])
      .default("1h")
      .describe("How often memory is written to disk, so that sessions outlive the loss of all nodes."),
  })
  .describe(
    "Azure Managed Redis: sessions of both colors, so that no request needs its color. Two nodes in two zones.",
  );

export type RedisConfig = z.infer<typeof cacheSchema>;
