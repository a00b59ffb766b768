import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../../rollout/engine";
import { CloudError, type Properties } from "../../engine/cloud";
import { lookUp } from "../context";
import { gatewayProblem, type Problem } from "./gatewayChecks";
import type { Kind } from "./kinds";

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;

/** Fields that cannot change once an object is there, by type. */
const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  "kubernetes:apps/v1:Deployment": ["spec.selector"],
  "kubernetes:batch/v1:Job": ["spec.selector", "spec.template"],
};

/** Labels, or undefined where there are none. */
function labelsAt(object: Properties, path: string): Record<string, Json> | undefined {
  const labels = lookUp(object, path);
  return typeof labels === "object" && labels !== null && !Array.isArray(labels) ? labels : undefined;
}

/** Whether labels carry each label of a selector. */
function selects(selector: Readonly<Record<string, Json>>, labels: Readonly<Record<string, Json>>): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** @throws CloudError for an object that the Kubernetes API would not take. */
export function checkObject(kind: Kind, name: string, object: Properties): void {
  const invalid = (field: string, value: Json | undefined, reason: string) =>
    new CloudError(
      `${kind.resource} "${name}" is invalid: ${field}: Invalid value: ${JSON.stringify(value)}: ${reason}`,
    );

  const [form, max, described] = kind.name === "label" ? [LABEL, 63, "label"] : [SUBDOMAIN, 253, "subdomain"];
  if (!form.test(name)) {
    throw invalid(
      "metadata.name",
      name,
      `a lowercase RFC 1123 ${described} must consist of lower case alphanumeric characters or '-'`,
    );
  }
  if (name.length > max) {
    throw invalid("metadata.name", name, `must be no more than ${max} characters`);
  }
  for (const path of ["metadata.labels", "spec.template.metadata.labels"]) {
    for (const [key, value] of Object.entries(labelsAt(object, path) ?? {})) {
      if (typeof value !== "string" || value.length > 63 || !LABEL_VALUE.test(value)) {
        throw invalid(
          `${path}.${key}`,
          value,
          "a label value has at most 63 characters: letters, digits, '-', '_' and '.'",
        );
      }
    }
  }
  const selector = labelsAt(object, "spec.selector.matchLabels");
  const template = labelsAt(object, "spec.template.metadata.labels");
  if (selector !== undefined && template !== undefined && !selects(selector, template)) {
    throw invalid("spec.template.metadata.labels", template, "`selector` does not match template `labels`");
  }
  const [minimum, maximum] = [lookUp(object, "spec.minReplicas"), lookUp(object, "spec.maxReplicas")];
  if (typeof minimum === "number" && typeof maximum === "number" && minimum > maximum) {
    throw invalid("spec.maxReplicas", maximum, "must be greater than or equal to `minReplicas`");
  }
  const problem = gatewayProblem(kind.resource, object) ?? serviceProblem(kind.resource, object);
  if (problem !== undefined) {
    throw invalid(problem.field, problem.value, problem.reason);
  }
}

function serviceProblem(resource: string, object: Properties): Problem | undefined {
  if (resource !== "services" || lookUp(object, "spec.type") !== "ExternalName") {
    return undefined;
  }
  const value = lookUp(object, "spec.externalName");
  return typeof value === "string" && SUBDOMAIN.test(value)
    ? undefined
    : { field: "spec.externalName", value, reason: "a lowercase RFC 1123 subdomain is needed" };
}

/** @throws CloudError for a change that the Kubernetes API would not take. */
export function checkChange(type: string, kind: Kind, name: string, before: Properties, after: Properties): void {
  for (const field of IMMUTABLE[type] ?? []) {
    const [old, next] = [lookUp(before, field), lookUp(after, field)];
    if (old !== undefined && !isDeepStrictEqual(old, next)) {
      throw new CloudError(
        `${kind.resource} "${name}" is invalid: ${field}: Invalid value: ${JSON.stringify(next)}: field is immutable`,
      );
    }
  }
}
