import type { Framework } from "./clause";
import { COPPA } from "./coppa";
import { FERPA } from "./ferpa";
import { GDPR } from "./gdpr";
import { ISO27001 } from "./iso27001";
import { SOC2 } from "./soc2";

export type { Clause, Framework, NotEvaluable } from "./clause";
export { coppa } from "./coppa";
export { ferpa } from "./ferpa";
export { gdpr } from "./gdpr";
export { iso27001 } from "./iso27001";
export { soc2 } from "./soc2";

/** The frameworks that rules cite. */
export const FRAMEWORKS: readonly Framework[] = [FERPA, COPPA, GDPR, SOC2, ISO27001];
