import { recordProxied } from "../../../../policies/rules/cloudflare/recordProxied";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { record } from "./fixtures";

describeRule(recordProxied, {
  passes: [
    { what: "proxied", resources: [record()] },
    { what: "proxied, to what is not known yet", resources: [record({ content: unknown })] },
    { what: "another edge", resources: [record({ proxied: false, content: "d1.cloudfront.net" })] },
  ],
  fails: [
    ...["A", "AAAA", "CNAME"].map((type) => ({ what: type, resources: [record({ type, proxied: false })] })),
    { what: "the type of old", resources: [{ ...record({ proxied: false }), type: "cloudflare:index/record:Record" }] },
  ],
  boundary: [
    {
      what: "a name that only ends like another edge",
      resources: [record({ proxied: false, content: "evilcloudfront.net" })],
      expect: "violated",
    },
    {
      what: "a name with an underscore inside of a label",
      resources: [record({ proxied: false, name: "my_app.example.com" })],
      expect: "violated",
    },
  ],
  absent: [{ what: "Cloudflare's own default is off", resources: [record({ proxied: undefined })] }],
  unknown: [
    { what: "a switch that is not known yet", resources: [record({ proxied: unknown })] },
    {
      what: "a target that is not known yet could be anything",
      resources: [record({ proxied: false, content: unknown })],
    },
  ],
  secret: [{ what: "a secret is read", resources: [record({ proxied: secret(false) })], expect: "violated" }],
  notApplicable: [
    {
      what: "a proof for a certificate",
      resources: [record({ proxied: false, name: "_acme-challenge.app.example.com" })],
    },
    { what: "a record of mail", resources: [record({ type: "MX", proxied: undefined })] },
  ],
});
