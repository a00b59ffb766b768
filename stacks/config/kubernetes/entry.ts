import { z } from "zod";
import { acme } from "../acme";
import { label } from "../fields";

export const entrySchema = z
  .strictObject({
    proxies: label(63).describe(
      "Namespace of the pods through which requests come in: the gateway's proxies, or the ingress controller.",
    ),
    certificate: z
      .strictObject({
        ...acme,
        ingressClass: label(63)
          .optional()
          .describe(
            "Class of the ingress controller that shows the authority's challenge; the deployment's own gateway does when absent.",
          ),
      })
      .optional()
      .describe(
        "Certificate of hosts.app, from cert-manager. Left out where a gateway that is there already has one of its own.",
      ),
  })
  .describe("How requests come into the clusters.");

export type KubernetesEntryConfig = z.infer<typeof entrySchema>;
