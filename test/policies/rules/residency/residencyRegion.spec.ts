import { residencyRegion } from "../../../../policies/rules/residency/residencyRegion";
import { DATABASE, ROLE } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { databaseArn, inRegion } from "../aws";

describeRule(residencyRegion, {
  passes: [
    { what: "at home", resources: [draft(DATABASE, { tags: { residency: "EU" } }, inRegion("eu-west-1"))] },
    {
      what: "in Azure",
      resources: [
        draft("azure-native:cognitiveservices:Account", { location: "Sweden Central", tags: { residency: "EU" } }),
      ],
    },
    {
      what: "by a default tag of the provider",
      resources: [
        draft(DATABASE, {}, { provider: { region: "us-west-2", defaultTags: '{"tags":{"residency":"US"}}' } }),
      ],
    },
    {
      what: "as config says",
      resources: [draft(DATABASE, { tags: { residency: "UK" } }, inRegion("eu-west-2"))],
      settings: { jurisdictions: { UK: ["eu-west-2"] } },
    },
  ],
  fails: [
    {
      what: "elsewhere",
      resources: [draft(DATABASE, { tags: { residency: "EU" } }, inRegion("us-east-1"))],
      message: /EU.*us-east-1 \(US\)/,
    },
    {
      what: "a region of no known jurisdiction",
      resources: [draft(DATABASE, { tags: { residency: "EU" } }, inRegion("sa-east-1"))],
    },
  ],
  boundary: [
    {
      what: "its own region argument counts more than its provider",
      resources: [draft(DATABASE, { region: "eu-west-1", tags: { residency: "EU" } }, inRegion("us-east-1"))],
      expect: "passed",
    },
    {
      what: "London is not the Union",
      resources: [draft(DATABASE, { tags: { residency: "EU" } }, inRegion("eu-west-2"))],
      expect: "violated",
    },
    {
      what: "by its ARN",
      resources: [draft(DATABASE, { arn: databaseArn("us-east-1"), tags: { residency: "EU" } })],
      expect: "violated",
    },
  ],
  absent: [
    { what: "nothing says its region", resources: [draft(ROLE, { tags: { residency: "EU" } })], expect: "passed" },
  ],
  unknown: [{ what: "the region", resources: [draft(DATABASE, { region: unknown, tags: { residency: "EU" } })] }],
  secret: [
    {
      what: "secret tags",
      resources: [draft(DATABASE, { tags: secret({ residency: "EU" }) }, inRegion("us-east-1"))],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "no tag", resources: [draft(DATABASE, {}, inRegion("us-east-1"))] }],
});
