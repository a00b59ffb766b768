import type { S3Objects } from "./s3Objects";
import type { Shelf } from "./shelf";

/** A shelf that is a bucket: an object for each text. Who may read it is the bucket's policy. */
export class S3Shelf implements Shelf {
  constructor(private readonly objects: S3Objects) {}

  name(path: string): string {
    return this.objects.name(path);
  }

  async names(folder: string): Promise<string[]> {
    const { objects, folders } = await this.objects.list(folder);
    return [...objects.keys(), ...folders].sort();
  }

  async read(path: string): Promise<string | undefined> {
    return (await this.objects.get(path))?.body.toString("utf8");
  }

  async write(path: string, text: string): Promise<void> {
    await this.objects.put(path, Buffer.from(text));
  }

  async remove(path: string): Promise<void> {
    await this.objects.remove(path);
  }
}
