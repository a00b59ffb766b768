import type { MakeCredentials } from "../kubernetes/credentials";
import { IrsaRole, type IrsaRoleArgs } from "./irsaRole";

export interface IrsaCredentialsArgs extends IrsaRoleArgs {
  /**
   * Annotations of the service account besides the role's.
   *
   * @default - none
   */
  annotations?: Readonly<Record<string, string>>;
  /**
   * Whether its pods call what signs them in by Azure, too.
   *
   * @default false
   */
  azureToken?: boolean;
}

/** The credentials of a service account in EKS: a role in AWS that nobody else takes. */
export function irsaCredentials({ annotations, azureToken, ...args }: IrsaCredentialsArgs): MakeCredentials {
  return (name, parent) => {
    const role = new IrsaRole(`${name}-irsa`, args, { parent });
    return {
      annotations: { "eks.amazonaws.com/role-arn": role.arn, ...annotations },
      azureToken,
      dependsOn: [role],
    };
  };
}
