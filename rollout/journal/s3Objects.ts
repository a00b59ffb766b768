import type { GetObjectCommandOutput, S3Client } from "@aws-sdk/client-s3";
import { asS3Error } from "./s3Errors";

/** A connection is made at once or not at all, milliseconds. */
const CONNECT = 5_000;
/** For one try; an object has some hundred kilobytes at most. Milliseconds. */
const REQUEST = 10_000;
/** Tries, the first one included. A try that is repeated does no harm: every write that counts is conditional. */
const TRIES = 4;
/** For all tries together, milliseconds: well within the length of a lease. */
const ALTOGETHER = 45_000;

/** The object must not be there, or must be the version with that ETag. */
export type Condition = { absent: true } | { etag: string };

/** An object as it was read. */
export interface S3Object {
  body: Buffer;
  etag: string;
}

/**
 * Objects of a bucket below a prefix. Region and credentials come from the environment, as every SDK of AWS finds them, and
 * from nowhere else; with AWS_ENDPOINT_URL_S3 it is another server than AWS's. All that fails is a JournalError.
 */
export class S3Objects {
  private client: Promise<{ sdk: typeof import("@aws-sdk/client-s3"); s3: S3Client }> | undefined;

  /** @param prefix - Without a slash at its end; empty for the whole bucket. */
  constructor(
    private readonly bucket: string,
    private readonly prefix: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** The same bucket, further down. */
  below(folder: string): S3Objects {
    const objects = new S3Objects(this.bucket, this.prefixed(folder), this.environment);
    objects.client = this.connected();
    return objects;
  }

  /** URL of an object, for messages. */
  name(key: string): string {
    return `s3://${this.bucket}/${this.prefixed(key)}`;
  }

  /** An object; undefined when it is not there. */
  async get(key: string): Promise<S3Object | undefined> {
    return this.doing(`cannot read ${this.name(key)}`, async ({ sdk, s3 }, abortSignal) => {
      let answer: GetObjectCommandOutput;
      try {
        answer = await s3.send(new sdk.GetObjectCommand({ Bucket: this.bucket, Key: this.prefixed(key) }), {
          abortSignal,
        });
      } catch (error) {
        if (error instanceof sdk.NoSuchKey) {
          return undefined;
        }
        throw error;
      }
      return { body: Buffer.from(await answer.Body!.transformToByteArray()), etag: answer.ETag! };
    });
  }

  /**
   * Writes an object, encrypted at rest.
   *
   * @param condition - @default - whatever is there is replaced
   * @returns its ETag; undefined when the condition does not hold.
   */
  async put(key: string, body: Buffer, condition?: Condition): Promise<string | undefined> {
    return this.doing(`cannot write ${this.name(key)}`, async ({ sdk, s3 }, abortSignal) => {
      const only =
        condition === undefined ? {} : "etag" in condition ? { IfMatch: condition.etag } : { IfNoneMatch: "*" };
      const command = new sdk.PutObjectCommand({
        Bucket: this.bucket,
        Key: this.prefixed(key),
        Body: body,
        ServerSideEncryption: "AES256",
        ...only,
      });
      try {
        return (await s3.send(command, { abortSignal })).ETag;
      } catch (error) {
        // 409: another conditional write was at it at this moment. 404: what should be replaced is not there.
        const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
        if (condition !== undefined && (status === 412 || status === 409 || error instanceof sdk.NoSuchKey)) {
          return undefined;
        }
        throw error;
      }
    });
  }

  /** Objects in a folder with their sizes, and folders in it, in the order of their names. */
  async list(folder: string): Promise<{ objects: Map<string, number>; folders: string[] }> {
    const prefix = this.prefixed(folder) === "" ? "" : `${this.prefixed(folder)}/`;
    return this.doing(`cannot list ${this.name(folder)}`, async ({ sdk, s3 }, abortSignal) => {
      const objects = new Map<string, number>();
      const folders: string[] = [];
      let token: string | undefined;
      do {
        const command = new sdk.ListObjectsV2Command({
          Bucket: this.bucket,
          Prefix: prefix,
          Delimiter: "/",
          ContinuationToken: token,
        });
        const page = await s3.send(command, { abortSignal });
        for (const { Key: key = "", Size: size = 0 } of page.Contents ?? []) {
          objects.set(key.slice(prefix.length), size);
        }
        folders.push(...(page.CommonPrefixes ?? []).map(({ Prefix: each = "" }) => each.slice(prefix.length, -1)));
        token = page.NextContinuationToken;
      } while (token !== undefined);
      return { objects, folders };
    });
  }

  /** Removes an object, if it is there. */
  async remove(key: string): Promise<void> {
    await this.doing(`cannot remove ${this.name(key)}`, async ({ sdk, s3 }, abortSignal) =>
      s3.send(new sdk.DeleteObjectCommand({ Bucket: this.bucket, Key: this.prefixed(key) }), { abortSignal }),
    );
  }

  private prefixed(key: string): string {
    return [this.prefix, key].filter((part) => part !== "").join("/");
  }

  /** The SDK takes a while to load: only who has a journal in S3 waits for it. */
  private connected(): NonNullable<typeof this.client> {
    this.client ??= import("@aws-sdk/client-s3").then((sdk) => ({
      sdk,
      s3: new sdk.S3Client({
        maxAttempts: TRIES,
        requestHandler: { connectionTimeout: CONNECT, requestTimeout: REQUEST, throwOnRequestTimeout: true },
        // Other servers than AWS's rarely have a host name for each bucket.
        forcePathStyle: (this.environment["AWS_ENDPOINT_URL_S3"] ?? this.environment["AWS_ENDPOINT_URL"]) !== undefined,
      }),
    }));
    return this.client;
  }

  private async doing<T>(
    what: string,
    action: (client: Awaited<ReturnType<typeof this.connected>>, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    try {
      return await action(await this.connected(), AbortSignal.timeout(ALTOGETHER));
    } catch (error) {
      throw asS3Error(error, what);
    }
  }
}
