import { postgresTls } from "../../../../policies/rules/azure/postgresTls";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { parameter, versioned } from "./fixtures";

describeRule(postgresTls, {
  passes: [
    { what: "required", resources: [parameter()] },
    {
      what: "version 1.3",
      resources: [parameter({ configurationName: "ssl_min_protocol_version", value: "TLSv1.3" })],
    },
  ],
  fails: [
    { what: "not required", resources: [parameter({ value: "off" })], message: /require_secure_transport/ },
    { what: "a version of the API that the program names", resources: [versioned(parameter({ value: "off" }))] },
  ],
  boundary: [
    {
      what: "version 1.2",
      resources: [parameter({ configurationName: "ssl_min_protocol_version", value: "TLSv1.2" })],
      expect: "passed",
    },
    {
      what: "version 1.1",
      resources: [parameter({ configurationName: "ssl_min_protocol_version", value: "TLSv1.1" })],
      expect: "violated",
    },
    { what: "in capital letters", resources: [parameter({ value: "ON" })], expect: "passed" },
  ],
  absent: [{ what: "no value", resources: [parameter({ value: undefined })] }],
  unknown: [{ what: "not known yet", resources: [parameter({ value: unknown })] }],
  secret: [
    { what: "a secret is read, and not quoted", resources: [parameter({ value: secret(HIDDEN) })], expect: "violated" },
  ],
  notApplicable: [
    { what: "another parameter", resources: [parameter({ configurationName: "work_mem", value: "4096" })] },
  ],
});
