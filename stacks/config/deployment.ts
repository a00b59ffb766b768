import { z } from "zod";
import { awsAccount, hostname, label } from "./fields";

export const deploymentSchema = z
  .strictObject({
    name: label(12).describe(
      "Short name of the product; the prefix of names that peers outside the program use (12 characters at most).",
    ),
    environment: z
      .enum(["production", "staging", "test", "development", "recovery"])
      .describe("What the deployment is for; a tag on every resource."),
    owner: z.string().min(1).describe("Who answers for the deployment; a tag on every resource."),
    account: awsAccount.describe("The AWS account. Every provider refuses another one."),
    hosts: z
      .strictObject({
        zone: hostname.describe("The DNS zone on Cloudflare."),
        app: hostname.describe("Host name of the application, inside the zone."),
        static: hostname.describe("Host name of content-hashed assets, inside the zone."),
      })
      .describe("Host names that users see; each has one path, drawn in docs/architecture.md."),
  })
  .describe("What is deployed, for whom, in which account, under which names.");

export type Deployment = z.infer<typeof deploymentSchema>;
