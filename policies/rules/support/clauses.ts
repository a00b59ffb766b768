import { coppa, ferpa, gdpr, iso27001, soc2, type Clause } from "../../frameworks";

/**
 * What the frameworks say about aims that many rules for Kubernetes, Azure and Cloudflare share. A rule with an aim of its
 * own cites its own clauses.
 */
type Clauses = readonly [Clause, ...Clause[]];

/** What is stored is encrypted, with a key that can be taken away. */
export const ENCRYPTION: Clauses = [
  gdpr("32(1)(a)"),
  soc2("CC6.1"),
  iso27001("A.8.24"),
  ferpa("99.31(a)(1)(ii)"),
  coppa("312.8(a)"),
];

/** What travels is encrypted. */
export const TRANSIT: Clauses = [
  gdpr("32(1)(a)"),
  soc2("CC6.7"),
  iso27001("A.8.24"),
  ferpa("99.31(a)(1)(ii)"),
  coppa("312.8(a)"),
];

/** A service, a network or a pod is reached by those only who need it. */
export const EXPOSURE: Clauses = [
  soc2("CC6.6"),
  iso27001("A.8.20"),
  iso27001("A.8.22"),
  gdpr("32(1)(b)"),
  ferpa("99.31(a)(1)(ii)"),
  coppa("312.8(a)"),
];

/** Whoever breaks into a pod stays inside of it. */
export const ISOLATION: Clauses = [
  soc2("CC6.8"),
  iso27001("A.8.9"),
  gdpr("32(1)(b)"),
  ferpa("99.31(a)(1)(ii)"),
  coppa("312.8(a)"),
];

/** Every access has an identity behind it, and no key that is passed around. */
export const IDENTITY: Clauses = [
  soc2("CC6.1"),
  iso27001("A.8.5"),
  gdpr("25(2)"),
  ferpa("99.31(a)(1)(ii)"),
  coppa("312.8(b)"),
];

/** An identity may do no more than its work. */
export const LEAST_PRIVILEGE: Clauses = [
  soc2("CC6.3"),
  iso27001("A.8.2"),
  gdpr("25(2)"),
  ferpa("99.31(a)(1)(ii)"),
  coppa("312.8(b)"),
];

/** Secrets lie where they are encrypted, and where readers of secrets alone read them. */
export const SECRETS: Clauses = [
  soc2("CC6.1"),
  iso27001("A.5.17"),
  gdpr("32(1)(b)"),
  ferpa("99.31(a)(1)(ii)"),
  coppa("312.8(a)"),
];

/** The loss of a node, a zone or a region is survived. */
export const CONTINUITY: Clauses = [soc2("A1.2"), iso27001("A.8.14"), gdpr("32(1)(b)")];
