import { strict as assert } from "node:assert";
import type { CheckedStack } from "../../policies/check";
import { plansOf } from "../../policies/plans";
import { RULES } from "../../policies/rules";
import { production, PROJECT } from "../stacks/production";
import { awsMutations } from "./mutations/aws";
import { azureMutations } from "./rules/azure/mutations";
import { cloudflareMutations } from "./rules/cloudflare/mutations";
import { kubernetesMutations } from "./rules/kubernetes/mutations";
import { fired, mutant } from "./support/mutant";
import type { Mutation } from "./support/mutation";

/** Rules that no property of a resource breaks; their specs break what does. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "iam-no-users": "a user that is there is the violation",
  "data-protected": "an option, and no property",
  "stack-outputs-no-secrets": "an output of the program",
  "state-encryption-key": "a property of the state file",
  "rollout-step-limit": "a difference between two plans",
  "waivers-in-order": "config, and no resource",
};

const MUTATIONS: readonly Mutation[] = [
  ...awsMutations,
  ...kubernetesMutations,
  ...azureMutations,
  ...cloudflareMutations,
];

describe("a graph of which one property is broken", () => {
  let stacks: readonly CheckedStack[];

  before(async () => {
    stacks = plansOf((await production()).rehearsal, PROJECT, "production");
  });

  for (const mutation of MUTATIONS) {
    it(`${mutation.rule} fires, and nothing that is not declared (${mutation.type.split(":").at(-1)})`, () => {
      const rules = fired(mutant(mutation, stacks));
      assert.ok(rules.has(mutation.rule), `${mutation.rule} is silent; fired: ${[...rules].join(", ")}`);
      const undeclared = [...rules].filter((rule) => rule !== mutation.rule && !(mutation.also ?? []).includes(rule));
      assert.deepEqual(undeclared, []);
    });
  }

  it("is there for every rule", () => {
    const covered = new Set([...MUTATIONS.map(({ rule }) => rule), ...Object.keys(ELSEWHERE)]);
    assert.deepEqual(
      RULES.map(({ id }) => id).filter((id) => !covered.has(id)),
      [],
    );
  });
});
