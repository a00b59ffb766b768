import type * as inputs from "@pulumi/aws/types/input";
import type { AddressPlan, Tier } from "./addressPlan";

/** A rule of a network ACL, in either direction. */
type Rule = inputs.ec2.NetworkAclIngress & inputs.ec2.NetworkAclEgress;

/** The rules of a tier's network ACL. */
export interface TierRules {
  ingress: Rule[];
  egress: Rule[];
}

/** What the rules depend on. */
export interface RuleFacts {
  /** Range of the VPC. */
  cidr: string;
  tiers: AddressPlan["tiers"];
  /** Ranges outside the VPC that reach the Kubernetes API. */
  operatorRanges: readonly string[];
  /** Ranges of the jurisdiction's other regions, whose workloads reach this region's database. */
  peerRanges: readonly string[];
}

const ANYWHERE = "0.0.0.0/0";
/** PostgreSQL. */
const DATABASE_PORT = 5432;
/** PostgreSQL, and Valkey or Redis. */
const DATA_PORTS = [DATABASE_PORT, 6379] as const;

/** An allowed range of TCP ports; one port when `to` is left out. */
interface Allowed {
  cidr: string;
  from: number;
  to?: number;
}

/**
 * The network ACL of each tier: the second line behind security groups. ACLs keep no state, so that each needs the
 * way back too: 1024-65535, the ports that NAT gateways and load balancers answer on. What no rule allows is denied.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
export function networkRules({ cidr, tiers, operatorRanges, peerRanges }: RuleFacts): Record<Tier, TierRules> {
  return {
    // Load balancers answer the internet; NAT gateways carry what the private subnets send to it.
    public: {
      ingress: [inside(cidr), ...allow([web(ANYWHERE), { cidr: ANYWHERE, from: 80 }, replies(ANYWHERE)])],
      egress: [inside(cidr), ...allow([web(ANYWHERE), replies(ANYWHERE)])],
    },
    // Nodes and pods ask the internet over HTTPS, and are asked from inside only, operators apart.
    private: {
      ingress: [inside(cidr), ...allow([replies(ANYWHERE), ...operatorRanges.map(web)])],
      egress: [
        inside(cidr),
        ...allow([
          web(ANYWHERE),
          ...operatorRanges.map(replies),
          ...peerRanges.map((peer) => ({ cidr: peer, from: DATABASE_PORT })),
        ]),
      ],
    },
    // Databases and caches answer pods on their own ports, and replicate among themselves.
    database: {
      ingress: allow([
        ...DATA_PORTS.map((from) => ({ cidr: tiers.private, from })),
        replies(tiers.database),
        ...peerRanges.map((peer) => ({ cidr: peer, from: DATABASE_PORT })),
      ]),
      egress: allow([replies(tiers.private), replies(tiers.database), ...peerRanges.map(replies)]),
    },
  };
}

function web(cidr: string): Allowed {
  return { cidr, from: 443 };
}

function replies(cidr: string): Allowed {
  return { cidr, from: 1024, to: 65_535 };
}

/** Everything inside the VPC: security groups decide there. */
function inside(cidrBlock: string): Rule {
  return { ruleNo: 100, protocol: "-1", action: "allow", cidrBlock, fromPort: 0, toPort: 0 };
}

/** Numbered from 200 in steps of ten, so that a rule can be put between two others by hand in an emergency. */
function allow(allowed: readonly Allowed[]): Rule[] {
  return allowed.map(({ cidr, from, to }, index) => ({
    ruleNo: 200 + 10 * index,
    protocol: "tcp",
    action: "allow",
    cidrBlock: cidr,
    fromPort: from,
    toPort: to ?? from,
  }));
}
