import { configMapNoSecret } from "../../../../policies/rules/kubernetes/configMapNoSecret";
import { describeRule, HIDDEN } from "../../support/cases";
import { draft, encrypted, secret, unknown } from "../../support/draft";
import { configMap } from "./fixtures";

describeRule(configMapNoSecret, {
  passes: [{ what: "settings", resources: [configMap({ REGION: "eu-west-1", LOG_LEVEL: "info" })] }],
  fails: [
    { what: "a password", resources: [configMap({ DB_PASSWORD: "correct-horse" })], message: /DB_PASSWORD/ },
    { what: "an address with a password", resources: [configMap({ URL: "postgres://api:correct-horse@db/school" })] },
    { what: "a private key in a file", resources: [configMap({ "tls.pem": "-----BEGIN PRIVATE KEY-----" })] },
  ],
  boundary: [
    { what: "an empty password", resources: [configMap({ DB_PASSWORD: "" })], expect: "passed" },
    { what: "a password of one letter", resources: [configMap({ DB_PASSWORD: "x" })], expect: "violated" },
  ],
  absent: [{ what: "no data", resources: [configMap({})], expect: "passed" }],
  unknown: [
    { what: "a value that is not known yet", resources: [configMap({ HOST: unknown })] },
    {
      what: "another value is a secret all the same",
      resources: [configMap({ HOST: unknown, API_TOKEN: "correct-horse" })],
      expect: "violated",
    },
  ],
  secret: [
    {
      what: "a secret stands in clear in the cluster",
      resources: [configMap({ HOST: secret(HIDDEN) })],
      expect: "violated",
    },
    {
      what: "all of it is a secret",
      resources: [draft("kubernetes:core/v1:ConfigMap", { data: secret({ HOST: HIDDEN }) })],
      expect: "violated",
    },
    {
      what: "a secret of which only the ciphertext is there",
      resources: [configMap({ HOST: encrypted() })],
      expect: "violated",
    },
  ],
  notApplicable: [
    { what: "a secret is another rule's", resources: [draft("kubernetes:core/v1:Secret", { stringData: {} })] },
  ],
});
