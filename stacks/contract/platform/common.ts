import { z } from "zod";
import { REGION_ROLES, jurisdictionName, regionName } from "../../config/regions";

const text = z.string().min(1);

/** What every platform says of the deployment, whatever it is made of. */
export const deploymentFacts = {
  name: text,
  environment: text,
  owner: text,
  primaryRegion: regionName.describe("The region that holds what exists once."),
};

/** What every platform says of a region: plain values, which decide which resources the next layers have. */
export const regionFacts = z
  .strictObject({
    jurisdiction: jurisdictionName,
    role: z.enum(REGION_ROLES),
    share: z.number().describe("Percentage of all requests."),
    zones: z.array(z.string()),
    nodes: z
      .strictObject({
        cpu: z.number().describe("Allocatable vCPU of the general nodes at their most."),
        memoryGiB: z.number().describe("Allocatable memory of the general nodes at their most, GiB."),
        gpus: z.number().describe("GPUs of the GPU nodes at their most."),
      })
      .describe("What the workloads of both colors have to fit into."),
  })
  .describe("Plain values: they decide which resources the next layers have.");

/** What every platform says of a jurisdiction. */
export const jurisdictionFacts = z.strictObject({
  regions: z.array(regionName).describe("Serving regions first, the recovery region last."),
  primaryRegion: regionName.describe("The region that holds the jurisdiction's primary database."),
});
