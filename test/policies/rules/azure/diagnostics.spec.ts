import { diagnostics } from "../../../../policies/rules/azure/diagnostics";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { aiAccount, cluster, diagnostic, edgeProfile, postgres, redis, vault, versioned } from "./fixtures";

const ID = { id: "/subscriptions/s/subject" };

describeRule(diagnostics, {
  passes: [
    { what: "its logs go to a workspace", resources: [vault({}, ID), diagnostic()] },
    {
      what: "to a storage account",
      resources: [vault({}, ID), diagnostic({ workspaceId: undefined, storageAccountId: "/subscriptions/s/storage" })],
    },
    {
      what: "a setting depends on it, whose values are not known yet",
      resources: [vault(), diagnostic({ resourceUri: unknown }, { refers: { resourceUri: ["vault"] } })],
    },
    { what: "a workspace that is not known yet", resources: [vault({}, ID), diagnostic({ workspaceId: unknown })] },
  ],
  fails: [
    ...[aiAccount, cluster, vault, postgres, redis, edgeProfile].map((one) => ({
      what: one().type,
      resources: [one({}, ID)],
    })),
    {
      what: "the setting of another",
      resources: [vault({}, ID), diagnostic({ resourceUri: "/subscriptions/s/other" })],
    },
    { what: "the logs are off", resources: [vault({}, ID), diagnostic({ "logs[0].enabled": false })] },
    { what: "only metrics", resources: [vault({}, ID), diagnostic({ logs: undefined })] },
    { what: "a version of the API that the program names", resources: [versioned(vault({}, ID))] },
  ],
  boundary: [
    {
      what: "one of two logs",
      resources: [vault({}, ID), diagnostic({ "logs[1]": { category: "AuditEvent", enabled: false } })],
      expect: "passed",
    },
  ],
  absent: [
    { what: "no setting", resources: [vault({}, ID)] },
    { what: "no place to write to", resources: [vault({}, ID), diagnostic({ workspaceId: undefined })] },
  ],
  unknown: [{ what: "logs that are not known yet", resources: [vault({}, ID), diagnostic({ logs: unknown })] }],
  secret: [
    {
      what: "a secret is read",
      resources: [vault({}, ID), diagnostic({ logs: secret([{ enabled: false }]) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a setting alone", resources: [diagnostic()] }],
});
