import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import { SUPPORT, supportOf } from "../../data/versions";
import type { ResourceRule } from "../../rule";

export const lambdaSupportedRuntime: ResourceRule = {
  id: "lambda-supported-runtime",
  title: "A function's runtime is in support",
  area: "versions",
  severity: "high",
  frameworks: [soc2("CC7.1"), gdpr("32(1)(b)"), coppa("312.8(a)"), iso27001("A.8.8")],
  why: "Out of support there are no fixes of holes; the cloud upgrades by force, at its own time, or charges several times the price.",
  fix: "Move to a newer runtime.",
  scope: "resource",
  types: ["aws:lambda/function:Function"],
  applies: (lambda) => /^(nodejs|python)\d/.test(lambda.text("runtime") ?? ""),
  check(lambda, { report, today }) {
    const runtime = lambda.text("runtime") ?? "";
    const [, language, version] = /^(nodejs|python)([\d.]+?)(\.x)?$/.exec(runtime) ?? [];
    const table = language === "nodejs" ? SUPPORT.nodejs : SUPPORT.python;
    const support = version === undefined ? undefined : supportOf(table, version, today);
    if (support?.state === "ended") {
      report(`support of ${runtime} ended${support.until === undefined ? "" : ` on ${support.until}`}`);
    }
  },
};
