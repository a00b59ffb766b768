import { gatewayTls } from "../../../../policies/rules/kubernetes/gatewayTls";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { gateway, route } from "./fixtures";

const HTTP = { "spec.listeners[1]": { name: "http", port: 80, protocol: "HTTP" } };
const REDIRECT = {
  "spec.parentRefs[0].sectionName": "http",
  "spec.rules": [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https" } }] }],
};

describeRule(gatewayTls, {
  passes: [
    { what: "HTTPS", resources: [gateway()] },
    {
      what: "TLS that is passed on",
      resources: [gateway({ "spec.listeners[0]": { name: "tls", protocol: "TLS", tls: { mode: "Passthrough" } } })],
    },
    {
      what: "a certificate by the options of the cloud",
      resources: [gateway({ "spec.listeners[0].tls": { options: { "cloud/certificate": "one" } } })],
    },
    { what: "HTTP that only redirects", resources: [gateway(HTTP), route(REDIRECT)] },
  ],
  fails: [
    { what: "HTTP without a route", resources: [gateway(HTTP)] },
    {
      what: "HTTP with a route to pods",
      resources: [gateway(HTTP), route({ "spec.parentRefs[0].sectionName": "http" })],
    },
    {
      what: "HTTP with a route that is attached to all listeners",
      resources: [gateway(HTTP), route({ "spec.parentRefs[0].sectionName": undefined })],
    },
    {
      what: "a redirect to HTTP",
      resources: [gateway(HTTP), route({ ...REDIRECT, "spec.rules[0].filters[0].requestRedirect.scheme": "http" })],
    },
    {
      what: "a redirect of another gateway",
      resources: [gateway(HTTP), route({ ...REDIRECT, "spec.parentRefs[0].name": "other" })],
    },
    {
      what: "a redirect of a gateway in another namespace",
      resources: [gateway(HTTP), route({ ...REDIRECT, "metadata.namespace": "other" })],
    },
    { what: "a redirect in another cluster", resources: [gateway(HTTP), route(REDIRECT, { provider: {} })] },
    {
      what: "one of two rules redirects",
      resources: [gateway(HTTP), route({ ...REDIRECT, "spec.rules[1]": { backendRefs: [{ name: "api" }] } })],
    },
  ],
  boundary: [
    {
      what: "an empty list of certificates",
      resources: [gateway({ "spec.listeners[0].tls.certificateRefs": [] })],
      expect: "violated",
    },
  ],
  absent: [{ what: "no certificate", resources: [gateway({ "spec.listeners[0].tls": undefined })] }],
  unknown: [
    { what: "a protocol that is not known yet", resources: [gateway({ "spec.listeners[0].protocol": unknown })] },
  ],
  secret: [
    {
      what: "a secret is read",
      resources: [gateway({ "spec.listeners[0].protocol": secret("HTTP") })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a route", resources: [route()] }],
});
