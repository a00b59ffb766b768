import assert from "node:assert/strict";
import { Cluster, type ClusterArgs } from "../../../components/aws/cluster";
import { clusterConfig } from "../../support/clusterConfig";
import { record, value, type Computed, type Recording } from "../../support/record";

const NAME = "cluster-eu-west-1";
const ISSUER = "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF";
const args: ClusterArgs = {
  clusterName: "pathfinity-eu-west-1",
  account: "123456789012",
  role: "regional",
  subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
  operatorRanges: ["192.168.0.0/24"],
  config: clusterConfig(),
  logKeyArn: "arn:log-key",
  tags: { environment: "production" },
};
const eks: Computed = (type) =>
  type === "aws:eks/cluster:Cluster"
    ? {
        endpoint: "https://api",
        identities: [{ oidcs: [{ issuer: `https://${ISSUER}` }] }],
        certificateAuthority: { data: "Q0E=" },
        vpcConfig: { clusterSecurityGroupId: "sg-cluster" },
      }
    : type === "aws:ec2/launchTemplate:LaunchTemplate"
      ? { latestVersion: 7 }
      : {};

describe("Cluster", () => {
  let run: Recording<Cluster>;
  before(async () => {
    run = await record(() => new Cluster(NAME, args), eks);
  });

  it("has a private API, encrypted secrets, all logs, and no way in but access entries", () => {
    const { inputs, protect, retainOnDelete } = run.custom(`${NAME}-plane-cluster`);
    assert.equal(inputs["version"], "1.35");
    assert.deepEqual(inputs["upgradePolicy"], { supportType: "STANDARD" });
    assert.equal(inputs["vpcConfig"]["endpointPrivateAccess"], true);
    assert.equal(inputs["vpcConfig"]["endpointPublicAccess"], false);
    assert.deepEqual(inputs["accessConfig"], {
      authenticationMode: "API",
      bootstrapClusterCreatorAdminPermissions: false,
    });
    assert.deepEqual(inputs["encryptionConfig"], {
      provider: { keyArn: `arn:${NAME}-plane-secrets-key` },
      resources: ["secrets"],
    });
    assert.deepEqual(inputs["enabledClusterLogTypes"], [
      "api",
      "audit",
      "authenticator",
      "controllerManager",
      "scheduler",
    ]);
    assert.equal(inputs["deletionProtection"], true);
    assert.deepEqual([protect, retainOnDelete], [true, true]);
  });

  it("owns the log group before EKS can make one that is kept for ever", () => {
    const logs = run.custom(`${NAME}-plane-logs`);
    assert.equal(logs.inputs["name"], "/aws/eks/pathfinity-eu-west-1/cluster");
    assert.equal(logs.inputs["retentionInDays"], 365);
    assert.equal(logs.inputs["kmsKeyId"], "arn:log-key");
    assert.equal(logs.inputs["tags"]["data-class"], "audit-log");
    assert.ok(run.custom(`${NAME}-plane-cluster`).dependencies.includes(`${NAME}-plane-logs`));
  });

  it("lets in the roles of the config, in the whole cluster or in their namespaces", () => {
    assert.equal(run.ofType("aws:eks/accessEntry:AccessEntry").length, 2);
    const deploy = run.custom(`${NAME}-plane-policy-deploy`).inputs;
    assert.equal(deploy["policyArn"], "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy");
    assert.deepEqual(deploy["accessScope"], { type: "cluster" });
    assert.deepEqual(run.custom(`${NAME}-plane-policy-view`).inputs["accessScope"], {
      type: "namespace",
      namespaces: ["pathfinity-blue"],
    });
  });

  it("has the document's node groups, whose desired size is the autoscaler's", () => {
    const general = run.custom(`${NAME}-general-group`);
    assert.deepEqual(general.inputs["scalingConfig"], { minSize: 3, desiredSize: 10, maxSize: 50 });
    assert.deepEqual(general.inputs["instanceTypes"], ["t3.xlarge"]);
    assert.equal(general.inputs["amiType"], "AL2023_x86_64_STANDARD");
    assert.deepEqual(general.inputs["labels"], { Environment: "production", Type: "general" });
    assert.deepEqual(general.ignoreChanges, ["scalingConfig.desiredSize"]);
    assert.deepEqual(general.inputs["updateConfig"], { maxUnavailablePercentage: 25 });
    const gpu = run.custom(`${NAME}-gpu-group`).inputs;
    assert.deepEqual(gpu["scalingConfig"], { minSize: 0, desiredSize: 2, maxSize: 10 });
    assert.deepEqual(gpu["taints"], [{ key: "gpu", value: "true", effect: "NO_SCHEDULE" }]);
    assert.equal(gpu["labels"]["nvidia.com/gpu.present"], "true");
    assert.equal(gpu["launchTemplate"]["version"], "7");
  });

  it("starts nodes with IMDSv2 only, for the node alone, on volumes that its own key encrypts", () => {
    const templates = run.ofType("aws:ec2/launchTemplate:LaunchTemplate");
    assert.equal(templates.length, 2);
    for (const { inputs } of templates) {
      assert.equal(inputs["metadataOptions"]["httpTokens"], "required");
      assert.equal(inputs["metadataOptions"]["httpPutResponseHopLimit"], 1);
      const { ebs } = inputs["blockDeviceMappings"][0];
      assert.deepEqual([ebs.encrypted, ebs.volumeType, ebs.kmsKeyId], ["true", "gp3", `arn:${NAME}-volumes-key`]);
      assert.ok(inputs["tagSpecifications"].every((each: any) => each.tags.environment === "production"));
    }
  });

  it("has the network add-ons before nodes and the others after them", () => {
    for (const addon of ["coredns", "kube-proxy", "vpc-cni", "aws-ebs-csi-driver", "metrics-server"]) {
      const { inputs } = run.custom(`${NAME}-${addon}-addon`);
      assert.equal(inputs["addonName"], addon);
      assert.equal(inputs["addonVersion"], undefined);
    }
    // A component waits for what its options name before it has children.
    const waitsFor = (component: string) => run.resources.find(({ name }) => name === component)?.dependencies ?? [];
    assert.ok(waitsFor(`${NAME}-general`).includes(`${NAME}-vpc-cni-addon`));
    assert.ok(waitsFor(`${NAME}-general`).includes(`${NAME}-kube-proxy-addon`));
    for (const addon of ["coredns", "metrics-server", "aws-ebs-csi-driver"]) {
      assert.ok(waitsFor(`${NAME}-${addon}`).includes(`${NAME}-general-group`), addon);
    }
  });

  it("always enforces network policies", () => {
    const values = JSON.parse(run.custom(`${NAME}-vpc-cni-addon`).inputs["configurationValues"]);
    assert.equal(values.enableNetworkPolicy, "true");
  });

  it("gives the add-ons that call AWS roles of their own, and nodes no rights of theirs", () => {
    const trust = (role: string) =>
      JSON.parse(run.custom(role).inputs["assumeRolePolicy"]).Statement[0].Condition.StringEquals;
    assert.deepEqual(trust(`${NAME}-vpc-cni-irsa-role`), {
      [`${ISSUER}:aud`]: "sts.amazonaws.com",
      [`${ISSUER}:sub`]: "system:serviceaccount:kube-system:aws-node",
    });
    assert.deepEqual(trust(`${NAME}-aws-ebs-csi-driver-irsa-role`), {
      [`${ISSUER}:aud`]: "sts.amazonaws.com",
      [`${ISSUER}:sub`]: "system:serviceaccount:kube-system:ebs-csi-controller-sa",
    });
    const node = run
      .ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .filter(({ inputs }) => inputs["role"] === `${NAME}-node-name`)
      .map(({ inputs }) => inputs["policyArn"]);
    assert.deepEqual(node, [
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
    ]);
  });

  it("lets operators reach the API on 443 and on nothing else", () => {
    const { inputs } = run.custom(`${NAME}-operators-0`);
    assert.deepEqual(
      [inputs["securityGroupId"], inputs["cidrIpv4"], inputs["fromPort"], inputs["toPort"]],
      ["sg-cluster", "192.168.0.0/24", 443, 443],
    );
  });

  it("says what the next layers need", async () => {
    const cluster = run.result;
    assert.equal(await value(cluster.name), "pathfinity-eu-west-1");
    assert.equal(await value(cluster.endpoint), "https://api");
    assert.equal(await value(cluster.certificateAuthority), "Q0E=");
    assert.equal(await value(cluster.oidcIssuer), ISSUER);
    assert.equal(await value(cluster.oidcProviderArn), `arn:${NAME}-plane-oidc`);
    assert.equal(await value(cluster.securityGroupId), "sg-cluster");
  });

  it("is smaller in a recovery region", async () => {
    const recovery = await record(() => new Cluster(NAME, { ...args, role: "recovery" }), eks);
    assert.deepEqual(recovery.custom(`${NAME}-general-group`).inputs["scalingConfig"], {
      minSize: 3,
      desiredSize: 3,
      maxSize: 50,
    });
  });

  it("does not fail where the cloud has not answered yet", async () => {
    const unknown = await record(() => new Cluster(NAME, args));
    assert.equal(await value(unknown.result.oidcIssuer), undefined);
  });

  it("names every child after its parent", () => {
    for (const { name, parent } of run.resources.filter((resource) => resource.parent.startsWith(NAME))) {
      assert.ok(name.startsWith(parent), `${name} under ${parent}`);
    }
  });
});
