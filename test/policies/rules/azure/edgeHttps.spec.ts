import { edgeHttps } from "../../../../policies/rules/azure/edgeHttps";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { edgeRoute, vault, versioned } from "./fixtures";

describeRule(edgeHttps, {
  passes: [
    { what: "as it should be", resources: [edgeRoute()] },
    { what: "HTTPS only", resources: [edgeRoute({ httpsRedirect: "Disabled", supportedProtocols: ["Https"] })] },
  ],
  fails: [
    { what: "no redirect", resources: [edgeRoute({ httpsRedirect: "Disabled" })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(edgeRoute({ httpsRedirect: "Disabled" }))],
    },
    {
      what: "origins in clear",
      resources: [edgeRoute({ forwardingProtocol: "HttpOnly" })],
      message: /forwardingProtocol/,
    },
    { what: "origins as the request came", resources: [edgeRoute({ forwardingProtocol: "MatchRequest" })] },
  ],
  boundary: [
    {
      what: "HTTP only, without a redirect",
      resources: [edgeRoute({ httpsRedirect: undefined, supportedProtocols: ["Http"] })],
      expect: "violated",
    },
  ],
  absent: [
    { what: "not set", resources: [edgeRoute({ httpsRedirect: undefined })], expect: "violated" },
    { what: "how origins are called is not set", resources: [edgeRoute({ forwardingProtocol: undefined })] },
  ],
  unknown: [{ what: "not known yet", resources: [edgeRoute({ httpsRedirect: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [edgeRoute({ httpsRedirect: secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
