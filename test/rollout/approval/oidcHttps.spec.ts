import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "../journal/support/folder";
import { BEGIN } from "../support/story";

const ISSUER = "https://ci.example.org";

/** A certificate authority of this test's own, and a certificate of 127.0.0.1 that it signed. */
function certify(folder: string): void {
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  openssl("req", "-x509", ...key, "-subj", "/CN=Test CA", "-keyout", "ca.key", "-out", "ca.pem");
  const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-addext", "subjectAltName=IP:127.0.0.1"];
  openssl("req", "-x509", ...key, "-subj", "/CN=127.0.0.1", ...signed, "-keyout", "server.key", "-out", "server.pem");
}

describe("keys of an issuer at an https address", () => {
  const where = temporaryFolder();
  let server: https.Server;
  let status = 200;
  let asked = 0;
  let token: string;

  before(function () {
    try {
      execFileSync("openssl", ["version"], { stdio: "pipe" });
    } catch {
      console.log(
        "      skipped: openssl not found, which makes the server's certificate; Node has no function for it",
      );
      this.skip(); // Without a certificate there is no https server to ask.
    }
  });
  beforeEach(async () => {
    const jose = await import("jose");
    const { publicKey, privateKey } = await jose.generateKeyPair("ES256");
    const claims = { iss: ISSUER, aud: "cutover.example.org", email: "grace@example.org", iat: BEGIN / 1000 };
    token = await new jose.SignJWT({ ...claims, exp: BEGIN / 1000 + 600 })
      .setProtectedHeader({ alg: "ES256", kid: "one" })
      .sign(privateKey);
    const keys = JSON.stringify({ keys: [{ ...(await jose.exportJWK(publicKey)), kid: "one" }] });
    certify(where.path);
    const read = (name: string) => fs.readFileSync(path.join(where.path, name));
    [status, asked] = [200, 0];
    server = https.createServer({ key: read("server.key"), cert: read("server.pem") }, (_, response) => {
      asked += 1;
      response.writeHead(status, { "content-type": "application/json" }).end(keys);
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => new Promise<void>((resolve) => void server.close(() => resolve())));

  /** What a process finds out that trusts the test's authority, or only those that everybody does. */
  async function ask(trusting: boolean): Promise<unknown> {
    const { port } = server.address() as AddressInfo;
    const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import=tsx", path.join(__dirname, "askKeys.ts"), token, ISSUER, `https://127.0.0.1:${port}/jwks`, `${BEGIN}`],
      { env: trusting ? { ...env, NODE_EXTRA_CA_CERTS: path.join(where.path, "ca.pem") } : env },
    );
    return JSON.parse(stdout);
  }

  it("prove a token, when the process trusts who certified the address", async () => {
    const proof = { issuer: ISSUER, key: "one" };
    assert.deepEqual(await ask(true), { person: "grace@example.org", proof });
    assert.equal(asked, 1);
  });

  it("prove nothing when the process does not, or the address has no keys; and what is wrong is said", async () => {
    const { error } = (await ask(false)) as { error: string };
    assert.match(
      error,
      /who approves: the keys at https:\/\/127.0.0.1:\d+\/jwks cannot be read: (self-signed|unable to) /,
    );
    assert.equal(asked, 0);
    status = 500;
    assert.match(((await ask(true)) as { error: string }).error, /Expected 200 OK from the JSON Web Key Set/);
  });
});
