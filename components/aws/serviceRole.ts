import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

/**
 * An IAM role that one AWS service takes.
 *
 * @param service The service's principal, such as `eks.amazonaws.com`.
 */
export function serviceRole(name: string, service: string, description: string, parent: pulumi.Resource): iam.Role {
  return new iam.Role(
    name,
    {
      description,
      assumeRolePolicy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
      }),
    },
    { parent },
  );
}
