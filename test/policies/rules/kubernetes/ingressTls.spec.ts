import { ingressTls } from "../../../../policies/rules/kubernetes/ingressTls";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { ingress, service } from "./fixtures";

describeRule(ingressTls, {
  passes: [
    { what: "its host", resources: [ingress()] },
    { what: "a wildcard", resources: [ingress({ "spec.tls[0].hosts": ["*.example.com"] })] },
    { what: "the certificate of the controller", resources: [ingress({ "spec.tls": [{}] })] },
    {
      what: "a certificate of AWS",
      resources: [
        ingress({
          "spec.tls": undefined,
          "metadata.annotations": { "alb.ingress.kubernetes.io/certificate-arn": "arn" },
        }),
      ],
    },
  ],
  fails: [
    {
      what: "one of two hosts",
      resources: [ingress({ "spec.rules[1]": { host: "api.example.com" } })],
      message: /api.example.com/,
    },
    { what: "a rule without a host", resources: [ingress({ "spec.rules[1]": {} })] },
  ],
  boundary: [
    {
      what: "a wildcard stands for one label",
      resources: [ingress({ "spec.tls[0].hosts": ["*.com"] })],
      expect: "violated",
    },
    {
      what: "a wildcard is not its own domain",
      resources: [ingress({ "spec.rules[0].host": "example.com", "spec.tls[0].hosts": ["*.example.com"] })],
      expect: "violated",
    },
    {
      what: "a wildcard for a wildcard",
      resources: [ingress({ "spec.rules[0].host": "*.example.com", "spec.tls[0].hosts": ["*.example.com"] })],
      expect: "passed",
    },
  ],
  absent: [
    { what: "no TLS", resources: [ingress({ "spec.tls": undefined })] },
    {
      what: "no TLS, and only a default backend",
      resources: [ingress({ "spec.tls": undefined, "spec.rules": undefined })],
    },
  ],
  unknown: [{ what: "a host that is not known yet", resources: [ingress({ "spec.rules[0].host": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [ingress({ "spec.rules[0].host": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a service", resources: [service()] }],
});
