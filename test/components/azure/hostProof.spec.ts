import assert from "node:assert/strict";
import { HostProof } from "../../../components/azure/hostProof";
import { ROLES } from "../../../components/azure/roleAssignment";
import { validate } from "../../support/manifests";
import { answers, place } from "../../support/azurePlace";
import { all, find, misplaced, record } from "../../support/recorder";

const make = () =>
  record(
    () =>
      new HostProof("proof", {
        ...place,
        subscriptionId: "subscription",
        host: "gateway.school.example",
        zone: "school.example",
        zoneName: "school.example",
        oidcIssuer: "issuer",
      }).solver,
    answers,
  );

describe("the proof of the gateway's name", () => {
  it("lets cert-manager change one record set of the zone, and nothing else", async () => {
    const { resources } = await make();
    const record = find(resources, "azure-native:dns:RecordSet");
    assert.deepEqual(
      [record.inputs["relativeRecordSetName"], record.inputs["recordType"]],
      ["_acme-challenge.gateway", "TXT"],
    );
    const roles = all(resources, "azure-native:authorization:RoleAssignment");
    assert.equal(roles.length, 1);
    assert.equal(roles[0]!.inputs["scope"], "proof-challenge-id");
    assert.ok(roles[0]!.inputs["roleDefinitionId"].endsWith(`/${ROLES.editRecords}`));
    assert.deepEqual(misplaced(resources), []);
  });

  it("keeps the record set, and so the role on it, when cert-manager has taken its values away", async () => {
    const { resources } = await make();
    const { inputs, ignoreChanges } = find(resources, "azure-native:dns:RecordSet");
    assert.equal(inputs["txtRecords"].length, 1);
    assert.notEqual(inputs["txtRecords"][0].value[0], "");
    assert.deepEqual(ignoreChanges, ["txtRecords"], "what cert-manager adds stays");
  });

  it("is cert-manager's service account of this cluster, without any key", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, "azure-native:managedidentity:FederatedIdentityCredential");
    assert.deepEqual(
      [inputs["issuer"], inputs["subject"]],
      ["https://issuer", "system:serviceaccount:cert-manager:cert-manager"],
    );
  });

  it("is what an issuer of cert-manager takes", async () => {
    const { value: dns01 } = await make();
    const acme = {
      server: "https://acme.example",
      privateKeySecretRef: { name: "acme-account" },
      solvers: [{ dns01 }],
    };
    const issuer = { metadata: { name: "acme" }, spec: { acme } };
    assert.deepEqual(validate("cert-manager.io/v1", "ClusterIssuer", issuer), []);
    assert.deepEqual(dns01, {
      azureDNS: {
        hostedZoneName: "school.example",
        resourceGroupName: "school",
        subscriptionID: "subscription",
        environment: "AzurePublicCloud",
        managedIdentity: { clientID: "proof-access-identity-client" },
      },
    });
  });
});
