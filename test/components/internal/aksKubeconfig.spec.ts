import assert from "node:assert/strict";
import { aksKubeconfig } from "../../../components/internal/aksKubeconfig";

const facts = {
  name: "school",
  endpoint: "https://school.hcp.eastus2.azmk8s.io:443",
  certificateAuthority: "Y2E=",
  tenantId: "tenant",
};

describe("the kubeconfig of an AKS cluster", () => {
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
