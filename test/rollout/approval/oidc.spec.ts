import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { identified } from "../../../rollout/approval/identify";
import { EngineError } from "../../../rollout/engine";
import type { Request } from "../../../rollout/requests";
import { temporaryFolder } from "../journal/support/folder";
import { planned } from "../support/plans";
import { BEGIN, STARTER, Story } from "../support/story";

const GRACE = "grace@example.org";
const ISSUER = "https://ci.example.org";
const AUDIENCE = "cutover.example.org";
type Jose = typeof import("jose", { with: { "resolution-mode": "import" } });
type Pair = Awaited<ReturnType<Jose["generateKeyPair"]>>;

describe("an approval by a token", () => {
  const where = temporaryFolder();
  const pairs: Record<string, Pair> = {};
  let jose: Jose;
  let story: Story;

  before(async () => {
    jose = await import("jose");
    for (const [name, algorithm] of [
      ["ES256", "ES256"],
      ["RS256", "RS256"],
      ["stranger", "ES256"],
      ["PS256", "PS256"],
    ] as const) {
      pairs[name] = await jose.generateKeyPair(algorithm, { extractable: true });
    }
  });
  beforeEach(async () => {
    const keys = ["ES256", "RS256", "PS256"].map(async (kid) => ({
      ...(await jose.exportJWK(pairs[kid]!.publicKey)),
      kid,
    }));
    fs.writeFileSync(path.join(where.path, "jwks.json"), JSON.stringify({ keys: await Promise.all(keys) }));
    story = new Story({
      ...planned(
        { before: { approvals: ["captain"], checklist: [] }, steps: [{ share: 100 }] },
        { approvers: { captain: [GRACE, STARTER] } },
      ),
      oidc: { issuer: ISSUER, audience: AUDIENCE, claim: "email", jwks: "jwks.json" },
    });
  });

  const CLAIMS = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: "job-1",
    jti: "token-1",
    email: GRACE,
    iat: BEGIN / 1000,
    exp: BEGIN / 1000 + 600,
  };
  const token = (more: Record<string, unknown> = {}, kid = "ES256", key = kid) =>
    new jose.SignJWT({ ...CLAIMS, ...more }).setProtectedHeader({ alg: kid, kid }).sign(pairs[key]!.privateKey);
  const request = (of: string): Extract<Request, { kind: "approve" }> => ({
    kind: "approve",
    role: "captain",
    person: "somebody",
    digest: story.state.digest,
    token: of,
  });
  const identify = (of: string) => identified(story.state, request(of), where.path, story.now);
  const refused = async (of: string | Promise<string>, message: RegExp) => {
    const text = await of;
    await assert.rejects(identify(text), (error: Error) => {
      assert(error instanceof EngineError, error.stack);
      assert.match(error.message, message);
      assert(!error.message.includes(text.split(".")[1]!), "the token is shown");
      return true;
    });
  };

  for (const algorithm of ["ES256", "RS256"]) {
    it(`is by whom its claim names, and keeps no token (${algorithm})`, async () => {
      const text = await token({}, algorithm);
      story.ask(await identify(text));
      const record = story.records.at(-1)!;
      assert(record.type === "approved");
      const { person, oidc, signature, unsigned } = record;
      assert.equal(person, GRACE);
      assert.deepEqual(oidc, { issuer: ISSUER, subject: "job-1", token: "token-1", key: algorithm });
      assert.deepEqual([signature, unsigned], [undefined, undefined]);
      for (const part of text.split(".")) {
        assert(!JSON.stringify(record).includes(part));
      }
      story.settle();
      assert.notEqual(story.stage, "go-no-go");
    });
  }

  it("is refused of another issuer, for another audience, too early, too late or without its claim", async () => {
    await refused(token({ iss: "https://elsewhere.example.org" }), /unexpected "iss" claim value/);
    await refused(token({ aud: "sts.amazonaws.com" }), /unexpected "aud" claim value/);
    await refused(token({ exp: BEGIN / 1000 }), /"exp" claim timestamp check failed/);
    await refused(token({ nbf: BEGIN / 1000 + 60 }), /"nbf" claim timestamp check failed/);
    await refused(token({ iat: BEGIN / 1000 - 3601, exp: BEGIN / 1000 + 86_400 }), /too far in the past/);
    await refused(token({ email: undefined }), /missing required "email" claim/);
    await refused(token({ exp: undefined }), /missing required "exp" claim/);
    await refused(token({ email: [GRACE] }), /its claim email is no text/);
  });

  it("is refused when it is signed by another key, in another way, or not at all", async () => {
    await refused(token({}, "ES256", "stranger"), /signature verification failed/);
    await refused(token({}, "PS256"), /"alg" \(Algorithm\) Header Parameter value not allowed/);
    await refused(new jose.UnsecuredJWT(CLAIMS).encode(), /does not prove who approves/);
    await refused("nonsense.nonsense2", /does not prove who approves/);
    const [head, , tail] = (await token()).split(".") as [string, string, string];
    const other = Buffer.from(JSON.stringify({ ...CLAIMS, email: "eve@example.org" })).toString("base64url");
    await refused(`${head}.${other}.${tail}`, /signature verification failed/);
  });

  it("is refused of who started the rollout, and of who has not that role", async () => {
    for (const [email, message] of [
      [STARTER, /started rollout .*: somebody else approves it/],
      ["eve@example.org", /eve@example.org may not approve as captain/],
    ] as const) {
      const proven = await identify(await token({ email }));
      assert.throws(() => story.ask(proven), message);
    }
  });

  it("is needed where the plan names an issuer, and says so when the keys are not there", async () => {
    await assert.rejects(
      identified(story.state, { ...request(""), token: undefined! }, where.path, story.now),
      /takes signed approvals only: .*--token-from VARIABLE` gives one/,
    );
    fs.rmSync(path.join(where.path, "jwks.json"));
    await assert.rejects(identify(await token()), /cutover:rollout.oidc.jwks jwks.json cannot be read/);
  });
});
