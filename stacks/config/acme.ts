import { z } from "zod";
import { email } from "./fields";

/** A public authority that cert-manager asks for certificates. */
export const acme = {
  server: z
    .url({ protocol: /^https$/, error: "an https address" })
    .default("https://acme-v02.api.letsencrypt.org/directory")
    .describe("Directory of the authority (ACME)."),
  email: email.describe("Whom the authority writes to."),
};

export interface AcmeConfig {
  server: string;
  email: string;
}
