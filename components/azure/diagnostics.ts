import * as monitor from "@pulumi/azure-native/monitor";
import type * as pulumi from "@pulumi/pulumi";

export interface DiagnosticsArgs {
  /** Resource whose logs are kept. */
  resourceUri: pulumi.Input<string>;
  workspaceId: pulumi.Input<string>;
  /**
   * Categories of its logs.
   *
   * @default - all of them
   */
  categories?: readonly string[];
  /** Whether its metrics are kept, too: Azure refuses to for a type that has none. @default true */
  metrics?: boolean;
}

/** Sends the logs and metrics of a resource to the workspace: who used it, for what, from where. */
export function diagnostics(
  name: string,
  { resourceUri, workspaceId, categories, metrics = true }: DiagnosticsArgs,
  opts: pulumi.CustomResourceOptions,
): monitor.DiagnosticSetting {
  return new monitor.DiagnosticSetting(
    name,
    {
      resourceUri,
      workspaceId,
      logs: categories?.map((category) => ({ category, enabled: true })) ?? [
        { categoryGroup: "allLogs", enabled: true },
      ],
      ...(metrics ? { metrics: [{ category: "AllMetrics", enabled: true }] } : {}),
    },
    opts,
  );
}
