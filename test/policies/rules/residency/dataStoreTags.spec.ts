import { dataStoreTags } from "../../../../policies/rules/residency/dataStoreTags";
import { BUCKET } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { RECORD_TAGS, recordsBucket } from "../aws";

describeRule(dataStoreTags, {
  passes: [
    { what: "all four", resources: [recordsBucket()] },
    {
      what: "partly from the provider",
      resources: [
        draft(
          BUCKET,
          { tags: { "data-class": "x", residency: "US", "legal-basis": "contract" } },
          { provider: { defaultTags: '{"tags":{"owner":"platform"}}' } },
        ),
      ],
    },
  ],
  fails: [
    { what: "an empty one", resources: [draft(BUCKET, { tags: { ...RECORD_TAGS, owner: "" } })], message: /owner/ },
  ],
  boundary: [
    {
      what: "tags of other names, as config says",
      resources: [draft(BUCKET, { tags: { owner: "x", class: "x", home: "US", "legal-basis": "x" } })],
      settings: { dataTag: "class", residencyTag: "home" },
      expect: "passed",
    },
  ],
  absent: [{ what: "none", resources: [draft(BUCKET, {})] }],
  unknown: [{ what: "the tags", resources: [draft(BUCKET, { tags: unknown })] }],
  secret: [{ what: "secret tags", resources: [draft(BUCKET, { tags: secret(RECORD_TAGS) })], expect: "passed" }],
  notApplicable: { none: "it applies to every store" },
});
