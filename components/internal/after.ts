import * as pulumi from "@pulumi/pulumi";

/**
 * The value, once the others are there too: whoever is given it depends on their resources. So a bucket's name can
 * stand for a bucket with its policy, and nobody has to remember a `dependsOn`. While one of the others is unknown, as in
 * a first preview, the value is, too.
 */
export function after<T>(value: pulumi.Output<T>, ...others: readonly pulumi.Output<unknown>[]): pulumi.Output<T> {
  return pulumi.all([value, ...others]).apply((values) => values[0] as T);
}
