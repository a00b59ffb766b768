import type { Models } from "../model";

const IAM = "arn:aws:iam::{account}";
/** What IAM accepts in names. */
const NAME = /^[\w+=,.@-]+$/;
/** IAM knows no regions. */
const scope = "account";

/** Identities and keys: IAM and KMS. */
export const identity: Models = {
  "aws:iam/role:Role": {
    id: "{name}",
    scope,
    tagged: true,
    name: { max: 64, pattern: NAME, taken: "EntityAlreadyExists: Role with name {name} already exists." },
    outputs: {
      path: "/",
      maxSessionDuration: 3600,
      arn: (context) => context.fill(`${IAM}:role${context.text("path") || "/"}{name}`, "arn"),
      uniqueId: "AROA{ALNUM:17}",
      createDate: "{now}",
    },
  },
  "aws:iam/policy:Policy": {
    id: `${IAM}:policy/{name}`,
    scope,
    tagged: true,
    name: { max: 128, pattern: NAME, taken: "EntityAlreadyExists: A policy called {name} already exists." },
    outputs: { path: "/", arn: "{id}", policyId: "ANPA{ALNUM:17}", attachmentCount: 0 },
  },
  "aws:iam/rolePolicy:RolePolicy": { id: "{role}:{name}", scope, name: { max: 128, pattern: NAME } },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { id: "{role}/{policyArn}", scope },
  "aws:iam/instanceProfile:InstanceProfile": {
    id: "{name}",
    scope,
    tagged: true,
    name: { max: 128, pattern: NAME, taken: "EntityAlreadyExists: Instance Profile {name} already exists." },
    outputs: { path: "/", arn: `${IAM}:instance-profile/{name}`, uniqueId: "AIPA{ALNUM:17}", createDate: "{now}" },
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    id: (context) => context.fill(`${IAM}:oidc-provider/${context.text("url").replace(/^https:\/\//, "")}`, "id"),
    scope,
    tagged: true,
    outputs: { arn: "{id}", thumbprintLists: ["{hex:40}"] },
  },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": {
    id: `${IAM}:role/aws-service-role/{awsServiceName}/AWSServiceRole{Alnum:12}`,
    scope,
    tagged: true,
    outputs: {
      arn: "{id}",
      name: (context) => context.text("id").split("/").at(-1),
      path: "/aws-service-role/{awsServiceName}/",
      uniqueId: "AROA{ALNUM:17}",
      createDate: "{now}",
    },
  },
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": {
    id: "iam-account-password-policy",
    scope,
    outputs: { expirePasswords: (context) => Number(context.get("maxPasswordAge") ?? 0) > 0 },
  },
  "aws:kms/key:Key": {
    id: "{uuid}",
    tagged: true,
    outputs: { arn: "arn:aws:kms:{region}:{account}:key/{id}", keyId: "{id}" },
  },
  "aws:kms/replicaKey:ReplicaKey": {
    // A replica has the identifier of its primary key, in another region.
    id: (context) => context.text("primaryKeyArn").split("/").at(-1)!,
    tagged: true,
    outputs: {
      arn: "arn:aws:kms:{region}:{account}:key/{id}",
      keyId: "{id}",
      keyRotationEnabled: true,
      keySpec: "SYMMETRIC_DEFAULT",
      keyUsage: "ENCRYPT_DECRYPT",
    },
  },
  "aws:kms/alias:Alias": {
    id: "{name}",
    name: {
      max: 256,
      pattern: /^alias\/(?!aws\/)[\w/-]+$/,
      invented: "alias/{logical}-{hex:7}",
      taken: "AlreadyExistsException: An alias with the name arn:aws:kms:{region}:{account}:{name} already exists",
    },
    outputs: { arn: "arn:aws:kms:{region}:{account}:{name}" },
    derived: {
      targetKeyArn: (context) => {
        const key = context.text("targetKeyId");
        return key.startsWith("arn:") ? key : context.fill(`arn:aws:kms:{region}:{account}:key/${key}`, "targetKeyArn");
      },
    },
  },
  "aws:kms/keyPolicy:KeyPolicy": { id: "{keyId}" },
  "aws:kms/grant:Grant": {
    id: "{keyId}:{hex:64}",
    outputs: { grantId: (context) => context.text("id").split(":").at(-1), grantToken: "{Alnum:120}" },
  },
};
