import * as keyvault from "@pulumi/azure-native/keyvault";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";
import { dataTags } from "../aws/dataTags";
import { after } from "../internal/after";
import type { Place } from "./place";
import { roleAssignment } from "./roleAssignment";

const TOKEN = "cutover:azure:Encryption";

/** How long a version of a key is good: Key Vault makes the next one well before. */
const EXPIRES_AFTER = "P2Y6M";

export interface EncryptionArgs extends Place {
  subscriptionId: string;
  vaultName: pulumi.Input<string>;
  /** What the key encrypts, for people. */
  description: string;
  /** Days after which Key Vault makes a new version. */
  rotationDays: number;
}

/**
 * The key that data stores of a region are encrypted with, and the identity that they use it as. The identity may wrap
 * and unwrap with this one key, and do nothing else. Stores name the key without a version, and follow its rotation;
 * where Azure wants a version, it is the newest that the state knows.
 *
 * Failure: who takes the role away, or disables the key, makes every store unreadable within an hour: it is the switch
 * that a key of one's own is for.
 *
 * @stateful
 */
export class Encryption extends pulumi.ComponentResource {
  /** Name of the key. */
  public readonly keyName: pulumi.Output<string>;
  /** Address of the key without a version; known once the identity may use it. */
  public readonly keyUri: pulumi.Output<string>;
  /** Address of the version that is the newest at the last refresh; known once the identity may use it. */
  public readonly keyVersionUri: pulumi.Output<string>;
  /** Identity that stores use the key as; known once it may. */
  public readonly identityId: pulumi.Output<string>;

  constructor(name: string, args: EncryptionArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, location, tags } = args;

    const key = new keyvault.Key(
      `${name}-key`,
      {
        resourceGroupName,
        vaultName: args.vaultName,
        properties: {
          kty: "RSA-HSM",
          keySize: 3_072,
          keyOps: ["wrapKey", "unwrapKey"],
          rotationPolicy: {
            attributes: { expiryTime: EXPIRES_AFTER },
            lifetimeActions: [
              { action: { type: "rotate" }, trigger: { timeAfterCreate: `P${args.rotationDays}D` } },
              { action: { type: "notify" }, trigger: { timeBeforeExpiry: "P30D" } },
            ],
          },
        },
        tags: { ...dataTags(tags, "secret"), description: args.description },
      },
      { parent: this, protect: true, retainOnDelete: true },
    );
    const identity = new managedidentity.UserAssignedIdentity(
      `${name}-identity`,
      { resourceGroupName, location, tags },
      // Without it no store can be read.
      { parent: this, protect: true, retainOnDelete: true },
    );
    const role = roleAssignment(
      `${name}-role`,
      {
        role: "useKey",
        subscriptionId: args.subscriptionId,
        principalId: identity.principalId,
        scope: key.id,
        description: "Data stores encrypt with this key.",
      },
      { parent: this, protect: true, retainOnDelete: true },
    );

    this.keyName = key.name;
    this.keyUri = after(key.keyUri, role.id);
    this.keyVersionUri = after(key.keyUriWithVersion, role.id);
    this.identityId = after(identity.id, role.id);
    this.registerOutputs({
      keyName: this.keyName,
      keyUri: this.keyUri,
      keyVersionUri: this.keyVersionUri,
      identityId: this.identityId,
    });
  }
}
