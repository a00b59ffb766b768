import { residencyLogDestinations } from "../../../../policies/rules/residency/residencyLogDestinations";
import { LOAD_BALANCER } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { bucket, inRegion } from "../aws";

const LB = draft(LOAD_BALANCER, { accessLogs: { bucket: "bucket-1" } }, inRegion("us-east-1"));

describeRule(residencyLogDestinations, {
  passes: [{ what: "at home", resources: [LB, bucket({}, inRegion("us-west-2"))] }],
  fails: [
    { what: "a bucket elsewhere", resources: [LB, bucket({}, inRegion("eu-west-1"))] },
    {
      what: "a stream elsewhere, by its ARN",
      resources: [
        draft(
          "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
          { destinationArn: "arn:aws:kinesis:us-east-1:1:stream/x" },
          inRegion("eu-west-1"),
        ),
      ],
    },
  ],
  boundary: [{ what: "the same region", resources: [LB, bucket({}, inRegion("us-east-1"))], expect: "passed" }],
  absent: [{ what: "no log", resources: [draft(LOAD_BALANCER, {}, inRegion("us-east-1"))], expect: "passed" }],
  unknown: [{ what: "the region of the bucket", resources: [LB, bucket({ region: unknown })] }],
  secret: { none: "names of buckets are no secrets" },
  notApplicable: { none: "what writes no log passes" },
});
