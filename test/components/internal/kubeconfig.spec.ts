import assert from "node:assert/strict";
import { aksKubeconfig, eksKubeconfig } from "../../../components/internal/kubeconfig";

describe("the kubeconfig of an EKS cluster", () => {
  it("names the cluster and asks AWS for a token, so that it holds no secret", () => {
    const facts = { name: "pathfinity", endpoint: "https://api", certificateAuthority: "Q0E=", region: "eu-west-1" };
    const config = JSON.parse(eksKubeconfig(facts));
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

describe("the kubeconfig of an AKS cluster", () => {
  const facts = {
    name: "school",
    endpoint: "https://school.hcp.eastus2.azmk8s.io:443",
    certificateAuthority: "Y2E=",
    tenantId: "tenant",
  };
  const config = JSON.parse(aksKubeconfig(facts));

  it("names the cluster, its address and its certificate authority", () => {
    assert.equal(config["current-context"], "school");
    assert.deepEqual(config.clusters, [
      { name: "school", cluster: { server: facts.endpoint, "certificate-authority-data": "Y2E=" } },
    ]);
  });

  it("holds no secret: kubelogin asks for a token with the credentials of the moment", () => {
    const [{ user }] = config.users;
    assert.deepEqual(Object.keys(user), ["exec"]);
    assert.equal(user.exec.command, "kubelogin");
    assert.deepEqual(user.exec.args.slice(-4), ["--tenant-id", "tenant", "--login", "azurecli"]);
    assert.equal(user.exec.interactiveMode, "Never");
  });
});
