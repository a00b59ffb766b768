import { podEnvNoSecret } from "../../../../policies/rules/kubernetes/podEnvNoSecret";
import { describeRule, HIDDEN } from "../../support/cases";
import { encrypted, secret, unknown } from "../../support/draft";
import { everyContainer, everyKind, NO_PODS, pod } from "./fixtures";

const RANDOM = "q7Rz0LmXv4TbK9sYw2HdPf6Ga1";
const HARMLESS = [
  ["AZURE_FEDERATED_TOKEN_FILE", "/var/run/secrets/azure/identity-token"],
  ["DATABASE_SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:master"],
  ["DATABASE_SECRET", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:master"],
  ["CACHE_HOST", "master.cache-eu-west-1-group-cd92f54.p1oy22.euw1.cache.amazonaws.com"],
  ["BUCKET", "records-ap-southeast-1-private-bucket-85c8f9a"],
  ["TOKEN", "true"],
  ["DIGEST", "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"],
] as const;
const SECRET = [
  ["a key of AWS", ["AKIA", "IOSFODNN7EXAMPLE"].join("")],
  ["a private key", "-----BEGIN RSA PRIVATE KEY-----"],
  ["an address with a password", "postgres://api:correct-horse@db/school"],
  ["a connection string", "AccountName=a;AccountKey=abcdefghijklmnopqrstuvwxyz0123456789"],
  ["text at random", RANDOM],
] as const;

describeRule(podEnvNoSecret, {
  passes: [
    ...everyKind({ "spec.containers[0].env": [{ name: "REGION", value: "eu-west-1" }] }),
    ...HARMLESS.map(([name, value]) => ({
      what: `${name} is harmless`,
      resources: [pod({ "spec.containers[0].env": [{ name, value }] })],
    })),
    {
      what: "a reference to a secret",
      resources: [
        pod({ "spec.containers[0].env": [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db" } } }] }),
      ],
    },
  ],
  fails: [
    ...everyKind({ "spec.containers[0].env": [{ name: "DB_PASSWORD", value: "correct-horse" }] }),
    ...everyContainer({ env: [{ name: "API_TOKEN", value: "correct-horse" }] }),
    ...SECRET.map(([what, value]) => ({
      what,
      resources: [pod({ "spec.containers[0].env": [{ name: "SETTING", value }] })],
    })),
  ],
  boundary: [
    {
      what: "23 characters at random",
      resources: [pod({ "spec.containers[0].env": [{ name: "SEED", value: RANDOM.slice(0, 23) }] })],
      expect: "passed",
    },
    {
      what: "24 characters at random",
      resources: [pod({ "spec.containers[0].env": [{ name: "SEED", value: RANDOM.slice(0, 24) }] })],
      expect: "violated",
    },
  ],
  absent: [{ what: "no environment", resources: [pod()], expect: "passed" }],
  unknown: [
    {
      what: "a value that is not known yet",
      resources: [pod({ "spec.containers[0].env": [{ name: "HOST", value: unknown }] })],
    },
  ],
  secret: [
    {
      what: "a secret stands in clear in the cluster",
      resources: [pod({ "spec.containers[0].env": [{ name: "HOST", value: secret(HIDDEN) }] })],
      expect: "violated",
    },
    {
      what: "a secret of which only the ciphertext is there",
      resources: [pod({ "spec.containers[0].env": [{ name: "HOST", value: encrypted() }] })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
