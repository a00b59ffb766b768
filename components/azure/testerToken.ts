import * as keyvault from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";

const TOKEN = "cutover:azure:TesterToken";

/** Letters and digits: a header carries it as it is. */
const LENGTH = 40;

export interface TesterTokenArgs {
  resourceGroupName: pulumi.Input<string>;
  tags: Record<string, string>;
  vaultName: pulumi.Input<string>;
  /** Name of the secret in the vault. */
  secretName: string;
  /** Which value this is: a higher number makes a new one at the next `pulumi up`. */
  generation: number;
}

/**
 * What a tester proves to the edge to be one with: drawn at random, and kept in the key vault. The program lets nobody
 * read it there: who tests gets the role "Key Vault Secrets User" on this one secret, by hand. It stands in the state,
 * encrypted, because the edge has to be told it.
 */
export class TesterToken extends pulumi.ComponentResource {
  /** The value, as a Pulumi secret: encrypted in state, never shown. */
  public readonly value: pulumi.Output<string>;

  public constructor(name: string, args: TesterTokenArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const drawn = new RandomPassword(
      `${name}-value`,
      { length: LENGTH, special: false, keepers: { generation: String(args.generation) } },
      { parent: this },
    );
    new keyvault.Secret(
      `${name}-secret`,
      {
        resourceGroupName: args.resourceGroupName,
        vaultName: args.vaultName,
        secretName: args.secretName,
        properties: { value: drawn.result, contentType: "Token of testers, who may choose a color." },
        tags: args.tags,
      },
      // Secrets are deleted inside the vault, where whoever runs `pulumi up` has no right.
      { parent: this, retainOnDelete: true },
    );
    this.value = drawn.result;
    this.registerOutputs({});
  }
}
