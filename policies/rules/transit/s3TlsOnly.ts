import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { deniesClearText } from "../support/documents";
import { BUCKET, BUCKET_POLICY } from "../support/types";

export const s3TlsOnly: GraphRule = {
  id: "s3-tls-only",
  title: "A bucket refuses requests without TLS",
  area: "transit",
  severity: "high",
  frameworks: [gdpr("32(1)(a)"), coppa("312.8(a)"), soc2("CC6.7"), iso27001("A.8.20"), iso27001("A.8.24")],
  why: "S3 answers over HTTP, too, to whoever asks so.",
  fix: "Add a statement to the BucketPolicy that denies s3:* to everybody where aws:SecureTransport is false.",
  scope: "stack",
  types: [BUCKET],
  check(bucket, { report, graph, each }) {
    const policies = graph.referrers(bucket, BUCKET_POLICY, "bucket");
    let denies = deniesClearText(bucket.json("policy"));
    const known = each(policies, (policy) => {
      denies ||= deniesClearText(policy.json("policy"));
    });
    if (!denies && known) {
      report(policies.length === 0 ? "it has no policy" : "its policy does not deny what comes without TLS");
    }
  },
};
