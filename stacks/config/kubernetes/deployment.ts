import { z } from "zod";
import { hostname } from "../fields";
import { deploymentFields } from "../deployment";

export const deploymentSchema = z
  .strictObject({
    ...deploymentFields,
    hosts: z
      .strictObject({ app: hostname.describe("Host name of the application.") })
      .describe("Host names that users see. Their DNS records are made elsewhere."),
  })
  .describe("What is deployed, for whom, under which names.");
