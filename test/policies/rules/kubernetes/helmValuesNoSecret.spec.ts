import { helmValuesNoSecret } from "../../../../policies/rules/kubernetes/helmValuesNoSecret";
import { describeRule, HIDDEN } from "../../support/cases";
import { draft, encrypted, secret, unknown } from "../../support/draft";
import { configMap, release } from "./fixtures";

describeRule(helmValuesNoSecret, {
  passes: [
    { what: "settings", resources: [release()] },
    { what: "the name of a secret", resources: [release({ "values.auth.existingSecret": "grafana-admin" })] },
    { what: "a switch", resources: [release({ "values.keepTLSSecret": true })] },
  ],
  fails: [
    { what: "a password", resources: [release({ "values.adminPassword": "Correct-Horse" })], message: /adminPassword/ },
    {
      what: "a token deep inside",
      resources: [release({ "values.a.b": [{ c: { apiToken: "Correct-Horse" } }] })],
      message: /apiToken/,
    },
    {
      what: "a variable of the environment",
      resources: [release({ "values.env": [{ name: "DB_PASSWORD", value: "correct-horse" }] })],
      message: /env\[0\].value/,
    },
    {
      what: "an item of a list",
      resources: [release({ "values.urls": ["https://api.example.com", "https://api:correct-horse@example.com"] })],
      message: /urls\[1\]/,
    },
    {
      what: "an address with a password",
      resources: [release({ "values.db": "postgres://api:correct-horse@db/school" })],
    },
    {
      what: "a chart whose pods Pulumi sees",
      resources: [draft("kubernetes:helm.sh/v4:Chart", { values: { password: "correct-horse" } })],
    },
  ],
  boundary: [
    { what: "an empty password", resources: [release({ "values.adminPassword": "" })], expect: "passed" },
    {
      what: "a secret that is no name of one",
      resources: [release({ "values.cookieSecret": "Correct Horse" })],
      expect: "violated",
    },
  ],
  absent: [{ what: "no values", resources: [release({ values: undefined })], expect: "passed" }],
  unknown: [
    { what: "a value that is not known yet", resources: [release({ "values.host": unknown })] },
    {
      what: "another value is a secret all the same",
      resources: [release({ "values.host": unknown, "values.password": "correct-horse" })],
      expect: "violated",
    },
  ],
  secret: [
    { what: "Pulumi knows it", resources: [release({ "values.adminPassword": secret(HIDDEN) })], expect: "passed" },
    {
      what: "only the ciphertext is there",
      resources: [release({ "values.adminPassword": encrypted() })],
      expect: "passed",
    },
    {
      what: "all of it is a secret",
      resources: [release({ values: secret({ adminPassword: HIDDEN }) })],
      expect: "passed",
    },
  ],
  notApplicable: [{ what: "a ConfigMap", resources: [configMap({})] }],
});
