import { parse } from "yaml";
import { azurePlatformSections } from "../../stacks/config/azure";
import type { PlatformConfig } from "../../stacks/config/schema";

const GUID = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-${digit.repeat(12)}`;

const RAW = `
deployment:
  name: school
  environment: production
  owner: platform
  subscriptionId: ${GUID("1")}
  tenantId: ${GUID("2")}
  hosts: { zone: school.example, app: app.school.example }
jurisdictions:
  US: { share: 100, countries: [US], elsewhere: true }
regions:
  eastus2:
    { jurisdiction: US, role: primary, share: 100, database: primary, cidr: 10.64.0.0/16, zones: ["1", "2", "3"] }
network:
  operatorRanges: [10.250.0.0/24]
cluster:
  maintenance: { day: Sunday, startHour: 6 }
  access:
    deploy: { objectId: ${GUID("3")}, kind: ServicePrincipal, role: cluster-admin }
    support: { objectId: ${GUID("4")}, kind: Group, role: reader }
  pools:
    system: { mode: System, vmSize: Standard_D4ds_v5, min: 3, max: 6, allocatable: { cpu: 3.6, memoryGiB: 12 } }
    general: { mode: User, vmSize: Standard_D8ds_v5, min: 3, max: 30, allocatable: { cpu: 7.5, memoryGiB: 27 } }
    gpu:
      mode: User
      vmSize: Standard_NC8as_T4_v3
      min: 0
      max: 6
      taints: [{ key: gpu, value: "true", effect: NoSchedule }]
      allocatable: { cpu: 7.5, memoryGiB: 50, gpus: 1 }
database:
  serverName: school-production
  sku: Standard_D8ds_v5
  storageGiB: 512
  name: school
  administrators:
    operators: { objectId: ${GUID("5")}, name: school-operators, kind: Group }
  backups: { days: 35, geo: { location: centralus, vaultName: school-backup } }
  maintenance: { day: Sunday, startHour: 6 }
  replicas:
    reports: { zone: "3" }
cache:
  name: school-production
  sku: Balanced_B10
storage:
  accountName: schoolrecords
  records: { retentionDays: 1095 }
vault:
  name: school-eastus2
  secrets:
    session-signing: { description: Signs session cookies. }
  certificate:
    host: gateway.school.example
    email: people@school.example
identities:
  api: { ai: true, cache: true, database: user, records: true, audit: true, secrets: [session-signing] }
  migrations: { database: administrator, release: true }
edge:
  endpointName: school
  healthPath: /health/ready
  firewall:
    rateLimits: [{ name: login, pathPrefix: /api/login, requests: 300 }]
ai:
  primary:
    location: eastus2
    subdomain: school-eastus2
    deployments: { chat: { model: gpt-5.1, version: "2025-11-13", capacity: 300 } }
  fallback:
    location: westus3
    subdomain: school-westus3
    deployments: { chat: { model: gpt-5.1, version: "2025-11-13", capacity: 100 } }
observability:
  critical: { emails: [oncall@school.example] }
  warning: { emails: [devops@school.example] }
  info: { emails: [devops@school.example] }
  budget: { monthlyUsd: 25000, startDate: 2026-12-01, emails: [finops@school.example] }
cost: {}
`;

/** The platform sections of a small deployment on Azure, as a stack file has them. */
export function rawAzure(): any {
  return parse(RAW);
}

/** The same, parsed; specs change copies of it. */
export function azureConfig(): PlatformConfig<"azure"> {
  const raw = rawAzure() as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(azurePlatformSections).map(([key, schema]) => [key, schema.parse(raw[key])]),
  ) as unknown as PlatformConfig<"azure">;
}
