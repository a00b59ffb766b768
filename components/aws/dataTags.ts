/** What a store holds. */
export type DataClass = "education-record" | "session" | "secret" | "audit-log" | "access-log" | "public-asset";

/**
 * Why the deployment may hold it (GDPR article 6), as a tag: schools charge the deployment with the records of their
 * pupils, sessions are needed for the service that users ask for, logs are kept because the law asks for them or to
 * keep the service secure, and assets are about nobody.
 */
const LEGAL_BASIS: Record<DataClass, string> = {
  "education-record": "public-task",
  session: "contract",
  secret: "not-personal",
  "audit-log": "legal-obligation",
  "access-log": "legitimate-interest",
  "public-asset": "not-personal",
};

/**
 * The tags of a store: the given ones (owner, residency...), and what it holds, why, and for how long at most.
 *
 * @param retentionDays - Days after which its data is gone; absent where data lives as long as its store.
 */
export function dataTags(
  tags: Readonly<Record<string, string>>,
  dataClass: DataClass,
  retentionDays?: number,
): Record<string, string> {
  return {
    ...tags,
    "data-class": dataClass,
    "legal-basis": LEGAL_BASIS[dataClass],
    ...(retentionDays === undefined ? {} : { "retention-days": String(retentionDays) }),
  };
}
