import { cloudtrailRecordAccess } from "../../../../policies/rules/logging/cloudtrailRecordAccess";
import { TRAIL } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { bucket, recordsBucket } from "../aws";

const by = (arn: string) =>
  draft(
    TRAIL,
    {
      advancedEventSelectors: [
        {
          fieldSelectors: [
            { field: "resources.type", equals: ["AWS::S3::Object"] },
            { field: "resources.ARN", startsWiths: [arn] },
          ],
        },
      ],
    },
    { name: "trail" },
  );

describeRule(cloudtrailRecordAccess, {
  passes: [
    { what: "its objects", resources: [recordsBucket(), by("arn:aws:s3:::bucket-1/")] },
    {
      what: "all buckets",
      resources: [
        recordsBucket(),
        draft(
          TRAIL,
          { eventSelectors: [{ dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] }] },
          { name: "trail" },
        ),
      ],
    },
    {
      what: "all objects",
      resources: [
        recordsBucket(),
        draft(
          TRAIL,
          { advancedEventSelectors: [{ fieldSelectors: [{ field: "resources.type", equals: ["AWS::S3::Object"] }] }] },
          { name: "trail" },
        ),
      ],
    },
  ],
  fails: [{ what: "management events only", resources: [recordsBucket(), draft(TRAIL, {}, { name: "trail" })] }],
  boundary: [
    { what: "another bucket", resources: [recordsBucket(), by("arn:aws:s3:::bucket-2/")], expect: "violated" },
  ],
  absent: [{ what: "no trail", resources: [recordsBucket()] }],
  unknown: [{ what: "what is selected", resources: [recordsBucket(), by(unknown)] }],
  secret: { none: "nothing of a trail is a secret" },
  notApplicable: [{ what: "a bucket of assets", resources: [bucket({ tags: { "data-class": "public-asset" } })] }],
});
