import type { ResourceRule } from "../../rule";
import { TRANSIT } from "../support/clauses";
import { STORAGE } from "./internal/types";

export const storageTls: ResourceRule = {
  id: "azure-storage-tls",
  title: "A storage account speaks HTTPS with TLS 1.2 at least",
  area: "transit",
  severity: "critical",
  frameworks: TRANSIT,
  why: "Files of pupils travel in clear, or under a version with known attacks.",
  fix: "Leave enableHttpsTrafficOnly on, and set minimumTlsVersion to TLS1_2 or TLS1_3.",
  scope: "resource",
  types: [STORAGE],
  check(account, { report }) {
    if (account.flag("enableHttpsTrafficOnly") === false) {
      report("enableHttpsTrafficOnly is false");
    }
    if (!["TLS1_2", "TLS1_3"].includes(account.text("minimumTlsVersion") ?? "")) {
      report("minimumTlsVersion is below TLS1_2");
    }
  },
};
