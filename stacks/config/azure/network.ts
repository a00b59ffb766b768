import { z } from "zod";
import { cidr, count } from "../fields";

export const networkSchema = z
  .strictObject({
    operatorRanges: z
      .array(cidr)
      .min(1)
      .describe(
        "Private ranges that reach the Kubernetes API and the private endpoints: the runner that applies this stack, and the operators' VPN. The connections themselves are made elsewhere.",
      ),
    natAddresses: count(1)
      .pipe(z.number().max(16))
      .default(2)
      .describe("Public addresses that requests to the outside come from, 1 to 16; 64,512 connections each."),
    ddosPlanId: z
      .string()
      .regex(
        /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/ddosProtectionPlans\/[^/]+$/,
        "the id of a DDoS protection plan",
      )
      .optional()
      .describe(
        "DDoS protection plan that the organization has already: one serves up to 100 public addresses of all its subscriptions, and costs about 2,944 dollars a month. Left out, the deployment makes its own.",
      ),
  })
  .describe("The virtual network. Its range and zones are under `regions`.");

export type AzureNetworkConfig = z.infer<typeof networkSchema>;
