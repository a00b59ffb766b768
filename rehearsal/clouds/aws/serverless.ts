import type { Models } from "../model";
import { inventedSecret } from "./inventedSecret";

const LAMBDA = "arn:aws:lambda:{region}:{account}";
/** How API Gateway and others name the invocation of a function. */
const invocation = (version: string) =>
  `arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/${LAMBDA}:function:${version}/invocations`;

/** Functions, secrets and messages: Lambda, Secrets Manager, SNS, SQS. */
export const serverless: Models = {
  "aws:lambda/function:Function": {
    id: "{name}",
    tagged: true,
    name: { max: 64, pattern: /^[\w-]+$/, taken: "ResourceConflictException: Function already exist: {name}" },
    outputs: {
      arn: `${LAMBDA}:function:{name}`,
      invokeArn: invocation("{name}"),
      responseStreamingInvokeArn: `arn:aws:apigateway:{region}:lambda:path/2021-11-15/functions/${LAMBDA}:function:{name}/response-streaming-invocations`,
    },
    derived: {
      // Each change of a published function makes a version.
      version: ({ inputs, outputs }) =>
        inputs.publish === true ? String(Number(outputs.version ?? 0) + 1) : "$LATEST",
      qualifiedArn: `${LAMBDA}:function:{name}:{version}`,
      qualifiedInvokeArn: invocation("{name}:{version}"),
      lastModified: "{now}",
    },
  },
  "aws:lambda/permission:Permission": {
    id: "{name}",
    name: { property: "statementId", max: 100, pattern: /^[\w-]+$/ },
  },
  "aws:lambda/invocation:Invocation": {
    id: "{functionName}_$LATEST_{hex:32}",
    outputs: { result: inventedSecret },
    secret: ["result"],
  },
  "aws:secretsmanager/secret:Secret": {
    id: "arn:aws:secretsmanager:{region}:{account}:secret:{name}-{Alnum:6}",
    tagged: true,
    name: {
      max: 512,
      pattern: /^[\w/+=.@-]+$/,
      taken: "ResourceExistsException: The operation failed because the secret {name} already exists.",
    },
    outputs: { arn: "{id}" },
  },
  "aws:secretsmanager/secretRotation:SecretRotation": { id: "{secretId}", derived: { rotationEnabled: true } },
  "aws:secretsmanager/secretPolicy:SecretPolicy": { id: "{secretArn}" },
  "aws:sns/topic:Topic": {
    id: "arn:aws:sns:{region}:{account}:{name}",
    tagged: true,
    name: { max: 256, pattern: /^[\w-]+(\.fifo)?$/ },
    outputs: { arn: "{id}", owner: "{account}", beginningArchiveTime: "" },
  },
  "aws:sns/topicPolicy:TopicPolicy": { id: "{arn}", outputs: { owner: "{account}" } },
  "aws:sns/topicSubscription:TopicSubscription": {
    id: "{topic}:{uuid}",
    outputs: {
      arn: "{id}",
      ownerId: "{account}",
      confirmationWasAuthenticated: false,
      // A person has to answer the first message.
      pendingConfirmation: (context) => context.text("protocol").startsWith("email"),
    },
  },
};
