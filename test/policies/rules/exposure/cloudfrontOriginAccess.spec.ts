import { cloudfrontOriginAccess } from "../../../../policies/rules/exposure/cloudfrontOriginAccess";
import { DISTRIBUTION } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";

const site = (origin: any) => draft(DISTRIBUTION, { origins: [origin] });
const access = (signingBehavior: string) =>
  draft("aws:cloudfront/originAccessControl:OriginAccessControl", { signingBehavior }, { name: "access", id: "E1" });

describeRule(cloudfrontOriginAccess, {
  passes: [{ what: "always signed", resources: [site({ originAccessControlId: "E1" }), access("always")] }],
  fails: [{ what: "not always", resources: [site({ originAccessControlId: "E1" }), access("no-override")] }],
  boundary: [{ what: "an empty identifier", resources: [site({ originAccessControlId: "" })], expect: "violated" }],
  absent: [{ what: "none", resources: [site({})] }],
  unknown: [{ what: "how it signs", resources: [site({ originAccessControlId: "E1" }), access(unknown)] }],
  secret: { none: "nothing of it is a secret" },
  notApplicable: [
    {
      what: "a server as the origin",
      resources: [site({ customOriginConfig: { originProtocolPolicy: "https-only" } })],
    },
  ],
});
