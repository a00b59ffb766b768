import { strict as assert } from "node:assert";
import fc from "fast-check";
import { POD_TYPES } from "../../../../policies/rules/kubernetes/internal/pods";
import { kubernetesRules } from "../../../../policies/rules/kubernetes";
import type { Rule } from "../../../../policies/rule";
import { verdictsOf, type Case } from "../../support/cases";
import type { Changes } from "../../support/change";
import { unknown } from "../../support/draft";
import { everyKind } from "./fixtures";

/** The rules that look at every kind of pod. */
const RULES = kubernetesRules.filter(({ types }) => types === POD_TYPES);

const flag = fc.constantFrom(true, false, undefined, unknown);
const context = (at: string): Record<string, fc.Arbitrary<Changes[string]>> => ({
  [`${at}.securityContext.runAsNonRoot`]: flag,
  [`${at}.securityContext.runAsUser`]: fc.constantFrom(0, 1, undefined, unknown),
  [`${at}.securityContext.seccompProfile`]: fc.constantFrom(
    { type: "Unconfined" },
    { type: "RuntimeDefault" },
    undefined,
  ),
  [`${at}.securityContext.seLinuxOptions`]: fc.constantFrom({ type: "spc_t" }, undefined),
});
/** What is changed about a pod. */
const changes: fc.Arbitrary<Changes> = fc.record(
  {
    ...context("spec"),
    ...context("spec.containers[0]"),
    "spec.containers[0].securityContext.privileged": flag,
    "spec.containers[0].securityContext.capabilities.drop": fc.subarray(["ALL", "NET_RAW"]),
    "spec.containers[0].ports": fc.constantFrom([{ hostPort: 80 }], [], unknown, undefined),
    "spec.containers[0].env": fc.constantFrom(
      [{ name: "DB_PASSWORD", value: "correct-horse" }],
      [],
      unknown,
      undefined,
    ),
    "spec.containers[0].image": fc.constantFrom("nginx", unknown),
    "spec.volumes": fc.constantFrom([{ name: "host", hostPath: {} }], [], unknown, undefined),
    "spec.hostNetwork": flag,
    "spec.hostUsers": flag,
    "spec.automountServiceAccountToken": flag,
    "spec.serviceAccountName": fc.constantFrom("api", "default", unknown, undefined),
  },
  { requiredKeys: [] },
);

const outcome = (rule: Rule, one: Case) => verdictsOf(rule, one).map((verdict) => verdict.outcome);

/** Each run asks every rule about every kind. */
const RUNS = { numRuns: 40 };

describe("rules on pods", () => {
  it("say the same about a pod, whatever makes it", () => {
    fc.assert(
      fc.property(changes, (given) => {
        const cases = everyKind(given);
        for (const rule of RULES) {
          const [pod, ...others] = cases.map((one) => outcome(rule, one));
          for (const [index, other] of others.entries()) {
            assert.deepEqual(other, pod, `${rule.id}: ${cases[index + 1]!.what}`);
          }
        }
      }),
      RUNS,
    );
  });

  it("say the same about a container, whichever list it is in", () => {
    const lists = ["initContainers", "ephemeralContainers"];
    // Ephemeral containers have neither resources nor ports nor probes.
    const rules = RULES.filter(({ id }) => id !== "pod-resources");
    fc.assert(
      fc.property(changes, (given) => {
        const [pod] = everyKind(given);
        for (const list of lists) {
          const moved = structuredClone(pod!);
          const spec = moved.resources[0]!.inputs.spec as Record<string, unknown>;
          spec[list] = spec.containers;
          delete spec.containers;
          for (const rule of rules) {
            assert.deepEqual(outcome(rule, moved), outcome(rule, pod!), `${rule.id}: ${list}`);
          }
        }
      }),
      RUNS,
    );
  });
});
