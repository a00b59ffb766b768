import { z } from "zod";
import { hostname } from "../fields";
import { deploymentFields } from "../deployment";
import { guid } from "./fields";

export const deploymentSchema = z
  .strictObject({
    ...deploymentFields,
    subscriptionId: guid.describe("The Azure subscription. Its credentials come from the environment."),
    tenantId: guid.describe("The Entra tenant of the subscription."),
    hosts: z
      .strictObject({
        zone: hostname.describe("The DNS zone, in Azure DNS."),
        app: hostname.describe("Host name of the application, inside the zone."),
      })
      .describe("Host names that users see."),
  })
  .describe("What is deployed, for whom, in which subscription, under which names.");
