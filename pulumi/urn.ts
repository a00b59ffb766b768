/**
 * Names of resources: `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`.
 *
 * @see sdk/go/common/resource/urn in pulumi/pulumi
 */

/** Type of the resource that stands for the stack. */
export const STACK_TYPE = "pulumi:pulumi:Stack";
/** Type of a reference to another stack. */
export const STACK_REFERENCE_TYPE = "pulumi:pulumi:StackReference";
const PROVIDER_PREFIX = "pulumi:providers:";

/** Builds the URN of a resource. A parent that is the stack itself leaves no trace in it. */
export function createUrn(
  stack: string,
  project: string,
  parent: string | undefined,
  type: string,
  name: string,
): string {
  const parentType = parent === undefined || parent === "" ? STACK_TYPE : qualifiedTypeOf(parent);
  const qualified = parentType === STACK_TYPE ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

/** The types of the parents and the resource, joined by `$`. */
export function qualifiedTypeOf(urn: string): string {
  return urn.split("::", 3)[2] ?? "";
}

/** The type of the resource alone. */
export function typeOf(urn: string): string {
  const qualified = qualifiedTypeOf(urn);
  return qualified.slice(qualified.lastIndexOf("$") + 1);
}

/** The logical name: all that follows the third `::`. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The package of a type: `aws` of `aws:lb/listenerRule:ListenerRule`. */
export function packageOf(type: string): string {
  const end = type.indexOf(":");
  return end < 0 ? type : type.slice(0, end);
}

/** Whether a type is that of a provider. */
export function isProviderType(type: string): boolean {
  return type.startsWith(PROVIDER_PREFIX);
}

/** The type of the providers of a package. */
export function providerType(packageName: string): string {
  return PROVIDER_PREFIX + packageName;
}

/** The package that a provider serves: `aws` of `pulumi:providers:aws`. */
export function providedPackage(type: string): string {
  return type.slice(PROVIDER_PREFIX.length);
}

/** Splits a reference to a provider, `<URN>::<id>`. */
export function parseReference(reference: string): { urn: string; id: string } {
  const split = reference.lastIndexOf("::");
  return { urn: reference.slice(0, split), id: reference.slice(split + 2) };
}
