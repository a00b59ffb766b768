import { z } from "zod";
import { image, label } from "./fields";

/** Names of images that are no workload: the Lambda function of a color, and the tool that changes the database. */
export const FUNCTION_IMAGE = "function";
export const DATABASE_IMAGE = "database";

export const releaseSchema = z
  .strictObject({
    version: z
      .string()
      .regex(
        /^[A-Za-z0-9]([A-Za-z0-9._-]{0,28}[A-Za-z0-9])?$/,
        "letters, digits, dots, hyphens and underscores, 30 characters at most: a Kubernetes label and part of a Job's name",
      )
      .describe(
        "Version of the release, for people: a label, a setting, part of the names of database jobs. The digests decide.",
      ),
    images: z
      .record(label(13), image)
      .describe(
        "Image of each workload, of the color's Lambda function (`function`, in Amazon ECR) and of the tool that changes the database (`database`), by digest. " +
          "An image in Amazon ECR is pulled from the registry of the region that runs it: the registry replicates to every region.",
      ),
  })
  .describe("What a color runs.");

export const releasesSchema = z
  .strictObject({
    blue: releaseSchema.optional().describe("What blue runs. A color without a release is not deployed at all."),
    green: releaseSchema.optional().describe("What green runs. A color without a release is not deployed at all."),
  })
  .describe(
    "The release of each color. A retired color keeps its last release at capacity off: what does not run costs nothing, and the next rollout changes only that color.",
  );

export type Release = z.infer<typeof releaseSchema>;
export type Releases = z.infer<typeof releasesSchema>;
