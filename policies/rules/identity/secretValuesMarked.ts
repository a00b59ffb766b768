import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";

/** Properties whose values open something, by type. */
const SECRETS: Readonly<Record<string, readonly string[]>> = {
  "aws:rds/instance:Instance": ["password"],
  "aws:rds/cluster:Cluster": ["masterPassword"],
  "aws:elasticache/replicationGroup:ReplicationGroup": ["authToken"],
  "aws:elasticache/user:User": ["passwords", "authenticationMode.passwords"],
  "aws:secretsmanager/secretVersion:SecretVersion": ["secretString", "secretBinary"],
  "aws:ssm/parameter:Parameter": ["value"],
  "aws:directoryservice/directory:Directory": ["password"],
  "aws:redshift/cluster:Cluster": ["masterPassword"],
  "aws:mq/broker:Broker": ["users[0].password"],
  "cloudflare:index/originCaCertificate:OriginCaCertificate": ["privateKey"],
  "random:index/randomPassword:RandomPassword": [],
};
const PATTERN = new RegExp(`^(${Object.keys(SECRETS).join("|")})$`);

export const secretValuesMarked: ResourceRule = {
  id: "secret-values-marked",
  title: "Known secret values are secrets to Pulumi",
  area: "identity",
  severity: "critical",
  frameworks: [soc2("CC6.1"), gdpr("32(1)(a)"), ferpa("99.31(a)(1)(ii)"), iso27001("A.5.17"), iso27001("A.8.24")],
  why: "A password that Pulumi does not know for a secret lies in its state, and stands in every preview, in clear.",
  fix: "Make the value with pulumi.secret or config.requireSecret; better, let AWS make it (manageMasterUserPassword).",
  scope: "resource",
  types: [PATTERN],
  applies: (resource) =>
    (SECRETS[resource.type] ?? []).some(
      (property) => resource.isSecret(property) || resource.isUnknown(property) || resource.has(property),
    ),
  check(resource, { report, each }) {
    each(SECRETS[resource.type] ?? [], (property) => {
      if (!resource.isSecret(property) && resource.has(property)) {
        report(`${property} is not a secret to Pulumi`);
      }
    });
  },
};
