import type { Rule } from "../../rule";
import { cloudfrontHttpsOnly } from "./cloudfrontHttpsOnly";
import { cloudfrontOriginTls } from "./cloudfrontOriginTls";
import { cloudfrontViewerTls } from "./cloudfrontViewerTls";
import { elasticacheAuthenticated } from "./elasticacheAuthenticated";
import { elasticacheTransitEncrypted } from "./elasticacheTransitEncrypted";
import { lbListenerPolicy } from "./lbListenerPolicy";
import { lbListenerTls } from "./lbListenerTls";
import { rdsCaCertificate } from "./rdsCaCertificate";
import { rdsForceSsl } from "./rdsForceSsl";
import { s3TlsOnly } from "./s3TlsOnly";
import { snsTlsOnly } from "./snsTlsOnly";

/** Rules on encryption in transit. */
export const transitRules: readonly Rule[] = [
  elasticacheTransitEncrypted,
  elasticacheAuthenticated,
  rdsForceSsl,
  rdsCaCertificate,
  cloudfrontViewerTls,
  cloudfrontHttpsOnly,
  cloudfrontOriginTls,
  lbListenerTls,
  lbListenerPolicy,
  s3TlsOnly,
  snsTlsOnly,
];
