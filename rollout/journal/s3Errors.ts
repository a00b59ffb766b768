import { JournalError, LeaseError } from "./errors";

/** What can be done about errors of S3, by their name or code. */
const ADVICE: Readonly<Record<string, string>> = {
  NoSuchBucket: "Make the bucket, with versioning, or name another one: --journal s3://BUCKET/PREFIX",
  AccessDenied: "Give these credentials s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket on it",
  InvalidAccessKeyId: "Set credentials of the bucket's account in the environment",
  SignatureDoesNotMatch: "Set the secret key that belongs to the access key",
  CredentialsProviderError:
    "Set credentials in the environment: AWS_PROFILE, AWS_ACCESS_KEY_ID, or the pipeline's role",
  ExpiredToken: "Log in again: the credentials have expired",
  PermanentRedirect: "Set AWS_REGION to the region of the bucket",
  AuthorizationHeaderMalformed: "Set AWS_REGION to the region of the bucket",
  RequestTimeTooSkewed: "Set this machine's clock",
  NotImplemented:
    "The server must know conditional writes (If-Match, If-None-Match) and encryption at rest, as AWS S3 does",
  NotFound: "Look whether the bucket is there",
};

/** An error of S3 as one of the journal; those that say already what to do stay what they are. @param doing - What failed. */
export function asS3Error(error: unknown, doing: string): Error {
  if (error instanceof JournalError || error instanceof LeaseError) {
    return error;
  }
  const {
    name = "",
    message = "",
    code,
    $metadata,
  } = error as Error & {
    code?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  const what = [code ?? name, message.replace(/\.$/, "")].filter((part) => part !== "").join(": ");
  const advice =
    ADVICE[name] ??
    (message.includes("Region is missing")
      ? ADVICE["PermanentRedirect"]!
      : status === undefined || status >= 500
        ? "Look whether S3 can be reached from here"
        : "Mend that");
  return new JournalError(
    `${doing}: ${what}. What was recorded before is unharmed; whether the last record was written is read again ` +
      `by the next command. ${advice}, then run \`cutover rollout resume\``,
    { cause: error },
  );
}
