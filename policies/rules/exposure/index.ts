import type { Rule } from "../../rule";
import { cloudfrontOriginAccess } from "./cloudfrontOriginAccess";
import { cloudfrontWaf } from "./cloudfrontWaf";
import { dataStoreSecurityGroup } from "./dataStoreSecurityGroup";
import { dataStoreSubnetsPrivate } from "./dataStoreSubnetsPrivate";
import { eksEndpointPrivate } from "./eksEndpointPrivate";
import { instanceMetadataV2 } from "./instanceMetadataV2";
import { lambdaNotPublic } from "./lambdaNotPublic";
import { lbDropInvalidHeaders } from "./lbDropInvalidHeaders";
import { lbWaf } from "./lbWaf";
import { rdsNotPublic } from "./rdsNotPublic";
import { s3PolicyNotPublic } from "./s3PolicyNotPublic";
import { s3PublicAccessBlock } from "./s3PublicAccessBlock";
import { securityGroupNotOpen } from "./securityGroupNotOpen";
import { subnetNoPublicAddresses } from "./subnetNoPublicAddresses";
import { vpcDefaultSecurityGroup } from "./vpcDefaultSecurityGroup";
import { vpcFlowLog } from "./vpcFlowLog";
import { wafCloudfrontRegion } from "./wafCloudfrontRegion";
import { wafLogging } from "./wafLogging";
import { wafManagedRules } from "./wafManagedRules";

/** Rules on exposure and the network. */
export const exposureRules: readonly Rule[] = [
  rdsNotPublic,
  s3PublicAccessBlock,
  s3PolicyNotPublic,
  eksEndpointPrivate,
  securityGroupNotOpen,
  dataStoreSecurityGroup,
  dataStoreSubnetsPrivate,
  subnetNoPublicAddresses,
  vpcFlowLog,
  vpcDefaultSecurityGroup,
  instanceMetadataV2,
  cloudfrontWaf,
  lbWaf,
  wafManagedRules,
  wafCloudfrontRegion,
  wafLogging,
  cloudfrontOriginAccess,
  lbDropInvalidHeaders,
  lambdaNotPublic,
];
