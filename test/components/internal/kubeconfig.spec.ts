import assert from "node:assert/strict";
import { kubeconfig } from "../../../components/internal/kubeconfig";

describe("kubeconfig", () => {
  it("names the cluster and asks AWS for a token, so that it holds no secret", () => {
    const facts = { name: "pathfinity", endpoint: "https://api", certificateAuthority: "Q0E=", region: "eu-west-1" };
    const config = JSON.parse(kubeconfig(facts));
    assert.deepEqual(config.clusters[0].cluster, { server: "https://api", "certificate-authority-data": "Q0E=" });
    assert.deepEqual(Object.keys(config.users[0].user), ["exec"]);
    assert.equal(config.users[0].user.exec.command, "aws");
    assert.deepEqual(config.users[0].user.exec.args.slice(0, 6), [
      "eks",
      "get-token",
      "--cluster-name",
      "pathfinity",
      "--region",
      "eu-west-1",
    ]);
    assert.equal(config["current-context"], config.contexts[0].name);
  });
});
