import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import type { AccountConfig } from "../../stacks/config/account";
import { Budget } from "./budget";

const TOKEN = "cutover:aws:Account";

export interface AccountArgs {
  config: Pick<AccountConfig, "budget">;
  /** The AWS account. */
  account: string;
  tags: Record<string, string>;
}

/**
 * What an AWS account has once. Creates the block on public access to any bucket, and the budget. The management
 * trail is a {@link Trail} in the primary region.
 */
export class Account extends pulumi.ComponentResource {
  public readonly budgetName: pulumi.Output<string>;

  constructor(name: string, args: AccountArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    new s3.AccountPublicAccessBlock(
      `${name}-public-access`,
      {
        accountId: args.account,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      { parent: this, protect: true },
    );
    const budget = new Budget(`${name}-budget`, { config: args.config.budget, tags: args.tags }, { parent: this });

    this.budgetName = budget.budgetName;
    this.registerOutputs({ budgetName: this.budgetName });
  }
}
