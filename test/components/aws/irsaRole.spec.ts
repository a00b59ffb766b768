import assert from "node:assert/strict";
import { IrsaRole } from "../../../components/aws/irsaRole";
import { record, value } from "../../support/record";

describe("IrsaRole", () => {
  const args = {
    oidcProviderArn: "arn:provider",
    oidcIssuer: "oidc.eks.eu-west-1.amazonaws.com/id/ABC",
    namespace: "pathfinity-blue",
    serviceAccount: "api",
  };

  it("is taken by one service account, for AWS, and by nobody else", async () => {
    const run = await record(() => new IrsaRole("api", args));
    const [statement, ...others] = JSON.parse(run.custom("api-role").inputs["assumeRolePolicy"]).Statement;
    assert.deepEqual(others, []);
    assert.equal(statement.Action, "sts:AssumeRoleWithWebIdentity");
    assert.deepEqual(statement.Principal, { Federated: "arn:provider" });
    assert.deepEqual(statement.Condition, {
      StringEquals: {
        "oidc.eks.eu-west-1.amazonaws.com/id/ABC:aud": "sts.amazonaws.com",
        "oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub": "system:serviceaccount:pathfinity-blue:api",
      },
    });
    assert.equal(await value(run.result.arn), "arn:api-role");
  });

  it("may do what its policy says, and nothing without one", async () => {
    const Statement = [{ Effect: "Allow" as const, Action: "s3:GetObject", Resource: "arn:aws:s3:::records/*" }];
    const policy = { Version: "2012-10-17" as const, Statement };
    const run = await record(() => new IrsaRole("api", { ...args, policy }));
    assert.deepEqual(JSON.parse(run.custom("api-policy").inputs["policy"]).Statement, Statement);
    const bare = await record(() => new IrsaRole("api", args));
    assert.deepEqual(
      bare.resources.map(({ name }) => name),
      ["api", "api-role"],
    );
  });
});
