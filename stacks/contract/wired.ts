import type * as pulumi from "@pulumi/pulumi";

/**
 * A contract as a layer hands it to the next one in the same program: every leaf may still be an output.
 * What is below a key named `facts` decides which resources exist, so it is always a plain value.
 */
export type Wired<T> = T extends undefined
  ? T
  : T extends string | number | boolean | null
    ? pulumi.Input<T>
    : T extends readonly (infer Element)[]
      ? pulumi.Input<Wired<Element>[]>
      : { [Key in keyof T]: Key extends "facts" ? T[Key] : Wired<T[Key]> };
