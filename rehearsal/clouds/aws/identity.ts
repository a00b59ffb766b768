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
  "aws:iam/rolePolicy:RolePolicy": { id: "{role}:{name}", scope, name: { max: 128, pattern: NAME } },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { id: "{role}/{policyArn}", scope },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    id: (context) => context.fill(`${IAM}:oidc-provider/${context.text("url").replace(/^https:\/\//, "")}`, "id"),
    scope,
    tagged: true,
    outputs: { arn: "{id}", thumbprintLists: ["{hex:40}"] },
  },
  "aws:kms/key:Key": {
    id: "{uuid}",
    tagged: true,
    outputs: { arn: "arn:aws:kms:{region}:{account}:key/{id}", keyId: "{id}" },
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
};
