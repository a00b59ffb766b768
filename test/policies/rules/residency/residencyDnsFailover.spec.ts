import { residencyDnsFailover } from "../../../../policies/rules/residency/residencyDnsFailover";
import { RECORD } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";

const record = (type: string, region: string, name = "a.example.com") =>
  draft(
    RECORD,
    { name, type: "A", failoverRoutingPolicies: [{ type }], aliases: [{ name: `lb-1.${region}.elb.amazonaws.com` }] },
    { name: `${type}-${region}` },
  );

describeRule(residencyDnsFailover, {
  passes: [{ what: "at home", resources: [record("PRIMARY", "us-east-1"), record("SECONDARY", "us-west-2")] }],
  fails: [
    { what: "to another jurisdiction", resources: [record("PRIMARY", "eu-west-1"), record("SECONDARY", "us-east-1")] },
  ],
  boundary: [
    {
      what: "another name",
      resources: [record("PRIMARY", "eu-west-1"), record("SECONDARY", "us-east-1", "b.example.com")],
      expect: "passed",
    },
  ],
  absent: [
    {
      what: "addresses without a region",
      resources: [
        draft(RECORD, {
          name: "x",
          type: "A",
          records: ["203.0.113.7"],
          failoverRoutingPolicies: [{ type: "PRIMARY" }],
        }),
      ],
      expect: "passed",
    },
  ],
  unknown: [
    {
      what: "the address",
      resources: [
        record("PRIMARY", "us-east-1"),
        draft(
          RECORD,
          { name: "a.example.com", type: "A", failoverRoutingPolicies: [{ type: "SECONDARY" }], records: [unknown] },
          { name: "other" },
        ),
      ],
    },
  ],
  secret: { none: "addresses are no secrets" },
  notApplicable: [
    {
      what: "a record that does not fail over",
      resources: [draft(RECORD, { name: "x", type: "A", records: ["x.us-east-1.elb.amazonaws.com"] })],
    },
  ],
});
