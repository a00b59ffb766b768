import { personOf } from "../../../rollout/approval/oidc";

/** Asks, in a process of its own, who a token is of: whom a process trusts in TLS is settled when it begins. */
async function main([token, issuer, jwks, now]: string[]): Promise<void> {
  try {
    const trust = { issuer: issuer!, audience: "cutover.example.org", claim: "email", jwks: jwks! };
    console.log(JSON.stringify(await personOf(token!, trust, process.cwd(), Number(now))));
  } catch (error) {
    console.log(JSON.stringify({ error: (error as Error).message }));
  }
}

void main(process.argv.slice(2));
