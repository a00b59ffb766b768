import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { AllowedSigners } from "../../../rollout/approval/signature";

/** SSH keys of people, and a file that allows them. Made by OpenSSH for one run of the tests. */
export class Keys {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "cutover-keys-"));
  readonly signers: AllowedSigners = { file: path.join(this.folder, "allowed_signers"), name: "allowed_signers" };

  /** File of a person's private key. */
  of(person: string): string {
    const file = path.join(this.folder, person);
    if (!fs.existsSync(file)) {
      execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", person, "-f", file]);
    }
    return file;
  }

  publicKey(person: string): string {
    return fs
      .readFileSync(`${this.of(person)}.pub`, "utf8")
      .split(" ")
      .slice(0, 2)
      .join(" ");
  }

  /** Allows keys: principals, options and whose key, as lines of the file. */
  allow(...lines: [principals: string, person: string, options?: string][]): void {
    const text = lines.map(([principals, person, options = ""]) =>
      `${principals} ${options} ${this.publicKey(person)}`.replace("  ", " "),
    );
    fs.writeFileSync(this.signers.file, `${text.join("\n")}\n`);
  }

  /** A signature as ssh-keygen makes it, for whatever it is. */
  sign(person: string, text: string, namespace = "cutover-approval"): string {
    return execFileSync("ssh-keygen", ["-q", "-Y", "sign", "-n", namespace, "-f", this.of(person)], {
      input: text,
      encoding: "utf8",
    });
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}
