import { z } from "zod";
import { percent } from "./fields";
import { regionName } from "./regions";

const level = z.union([z.enum(["off", "warm", "full"]), percent], {
  error: "off, warm, full, or the percentage of the traffic that it is for (0 to 100)",
});

export const capacitySchema = z
  .strictObject({
    blue: level.default("full").describe("What blue is prepared for."),
    green: level.default("off").describe("What green is prepared for."),
    recovery: z
      .union(
        [z.enum(["warm", "serving"]), z.array(regionName).min(1)],
        "warm, serving, or a list of regions that serve alone",
      )
      .default("warm")
      .describe(
        "Recovery regions: `warm` whatever the colors' capacity, or `serving`, as the region that they stand in for. A list names regions that serve alone in their jurisdiction, and have what all of its requests take; the other recovery regions are warm. Autoscaling may grow them to that region's maximum either way.",
      ),
    reservedPercent: percent
      .default(10)
      .describe(
        "Percentage of the general nodes that cluster controllers and fragmentation take (what each node keeps for itself and its DaemonSets is not in `cluster.nodeGroups.<name>.allocatable`). The least pods of both colors must fit the rest of the largest node groups.",
      ),
  })
  .prefault({})
  .describe(
    "How many pods each color has at least: `off` none, `warm` each workload's warm minimum, `full` the floor for all traffic, a number the floor for that percentage of it. Raised before traffic is, lowered after.",
  );

export type CapacityConfig = z.infer<typeof capacitySchema>;
