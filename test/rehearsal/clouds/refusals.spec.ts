import assert from "node:assert/strict";
import { CloudError } from "../../../rehearsal/engine/cloud";
import type { Json } from "../../../rollout/engine";
import { Asker, cloudOf } from "./ask";

const LISTENER =
  "arn:aws:elasticloadbalancing:eu-west-1:210987654321:listener/app/main/0123456789abcdef/fedcba9876543210";
const GROUP = "aws:lb/targetGroup:TargetGroup";
const RECORD = "aws:route53/record:Record";
const INSTANCE = "aws:rds/instance:Instance";
const RULE = "aws:lb/listenerRule:ListenerRule";

/** Type, inputs, what the cloud answers. The logical name is `thing`. */
const REFUSED: [type: string, inputs: Record<string, Json>, answer: RegExp][] = [
  [GROUP, { name: "a".repeat(33) }, /ValidationError: "name" of .* longer than 32/],
  [GROUP, { name: "-a" }, /ValidationError: "name" .* must match/],
  ["aws:lb/loadBalancer:LoadBalancer", { name: "internal-a", subnets: ["a", "b"] }, /ValidationError/],
  ["aws:lb/loadBalancer:LoadBalancer", { subnets: ["a"] }, /At least two subnets/],
  ["aws:iam/role:Role", { name: "a".repeat(65) }, /longer than 64/],
  ["aws:elasticache/replicationGroup:ReplicationGroup", { replicationGroupId: "a".repeat(41) }, /longer than 40/],
  ["aws:s3/bucket:Bucket", { bucket: "a".repeat(64) }, /longer than 63/],
  ["aws:s3/bucket:Bucket", { bucket: "Upper" }, /must match/],
  ["aws:eks/cluster:Cluster", { version: "1.28" }, /InvalidParameterException: unsupported Kubernetes version 1.28/],
  [
    "aws:rds/instance:Instance",
    { engine: "postgres", engineVersion: "15.4" },
    /InvalidParameterCombination: Cannot find version 15.4/,
  ],
  [RULE, { listenerArn: LISTENER, priority: 0 }, /priority must be from 1 to 50000/],
  [
    RULE,
    {
      listenerArn: LISTENER,
      priority: 1,
      conditions: [{ pathPattern: { values: ["/1", "/2", "/3", "/4", "/5", "/6"] } }],
    },
    /only have '5' condition values, got 6/,
  ],
  [
    RULE,
    { listenerArn: LISTENER, priority: 1, actions: [{ type: "forward", targetGroupArn: "arn:none" }] },
    /TargetGroupNotFound/,
  ],
  [
    RULE,
    {
      listenerArn: LISTENER,
      priority: 1,
      actions: [{ type: "fixed-response", fixedResponse: { statusCode: "503", messageBody: "a".repeat(1_025) } }],
    },
    /at most 1024 characters, got 1025/,
  ],
  ["kubernetes:core/v1:Namespace", { metadata: { name: "Upper" } }, /lowercase RFC 1123 label/],
  ["kubernetes:core/v1:Service", { metadata: { name: "a".repeat(64) } }, /no more than 63 characters/],
  ["kubernetes:core/v1:ConfigMap", { metadata: { name: "a", labels: { version: "a b" } } }, /metadata.labels.version/],
  ["kubernetes:core/v1:ConfigMap", { metadata: { name: "a", namespace: "none" } }, /namespaces "none" not found/],
  ["kubernetes:helm.sh/v3:Release", { name: "a", namespace: "none", chart: "c" }, /namespaces "none" not found/],
  [
    "kubernetes:apps/v1:Deployment",
    {
      metadata: { name: "a" },
      spec: { selector: { matchLabels: { app: "a" } }, template: { metadata: { labels: { app: "b" } } } },
    },
    /does not match template/,
  ],
  [
    "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    { metadata: { name: "a" }, spec: { minReplicas: 3, maxReplicas: 2 } },
    /greater than or equal/,
  ],
];

/** Types whose names may be taken only once, with inputs that they cannot do without. */
const NAMED_ONCE: [type: string, inputs: Record<string, Json>, answer: RegExp][] = [
  [GROUP, { name: "same" }, /DuplicateTargetGroupName/],
  ["aws:lb/loadBalancer:LoadBalancer", { name: "same", subnets: ["a", "b"] }, /DuplicateLoadBalancerName/],
  ["aws:iam/role:Role", { name: "same" }, /EntityAlreadyExists/],
  ["aws:s3/bucket:Bucket", { bucket: "same" }, /BucketAlreadyExists/],
  ["aws:secretsmanager/secret:Secret", { name: "same" }, /ResourceExistsException/],
  ["aws:kms/alias:Alias", { name: "alias/same", targetKeyId: "k" }, /AlreadyExistsException/],
  ["aws:eks/cluster:Cluster", { name: "same" }, /ResourceInUseException/],
  ["aws:rds/instance:Instance", { identifier: "same" }, /DBInstanceAlreadyExists/],
  ["azure-native:resources:ResourceGroup", { resourceGroupName: "same" }, /Conflict/],
  ["cloudflare:index/zone:Zone", { name: "same.example" }, /1061/],
  ["kubernetes:core/v1:Namespace", { metadata: { name: "same" } }, /already exists/],
  ["kubernetes:helm.sh/v3:Release", { name: "same", chart: "c" }, /cannot re-use a name/],
];

function refuses(act: () => unknown, answer: RegExp): void {
  assert.throws(act, (error) => error instanceof CloudError && answer.test(error.message));
}

describe("what the stand-in clouds refuse, as the clouds do", () => {
  for (const [type, inputs, answer] of REFUSED) {
    it(`${answer.source}: ${type}`, () => {
      const asker = new Asker();
      refuses(() => asker.create(type, "thing", inputs), answer);
      assert.deepEqual([...asker.world.things()], [], "nothing is there afterwards");
    });
  }

  for (const [type, inputs, answer] of NAMED_ONCE) {
    it(`a name that is taken, until it is free again: ${type}`, () => {
      const asker = new Asker();
      const made = asker.create(type, "first", inputs);
      refuses(() => asker.create(type, "second", inputs), answer);
      asker.delete(type, "first", made, inputs);
      assert.doesNotThrow(() => asker.create(type, "second", inputs));
    });
  }

  it("a bucket's name is taken in every region, a target group's in its own", () => {
    const here = new Asker();
    const elsewhere = new Asker(here.world, { aws: { region: "us-east-1", allowedAccountIds: '["210987654321"]' } });
    here.create("aws:s3/bucket:Bucket", "first", { bucket: "same" });
    here.create(GROUP, "first", { name: "same" });
    refuses(() => elsewhere.create("aws:s3/bucket:Bucket", "second", { bucket: "same" }), /BucketAlreadyExists/);
    assert.doesNotThrow(() => elsewhere.create(GROUP, "second", { name: "same" }));
  });

  it("a logical name that leaves no room for the suffix", () => {
    const name = "a".repeat(30);
    refuses(
      () => new Asker().create(GROUP, name, {}),
      /name 'a+' plus 8 random characters is longer than maximum length 32/,
    );
  });

  for (const weight of [-1, 1_000, 0.5]) {
    it(`a listener rule's weight of ${weight}`, () => {
      const asker = new Asker();
      const { id: arn } = asker.create(GROUP, "thing", {});
      const actions = [{ type: "forward", forward: { targetGroups: [{ arn, weight }] } }];
      refuses(
        () => asker.create(RULE, "rule", { listenerArn: LISTENER, priority: 1, actions }),
        /weight must be a whole number from 0 to 999/,
      );
    });
  }

  it("a priority that another rule of the listener has, also by a change; another listener may have it", () => {
    const asker = new Asker();
    const [one, two] = [1, 2].map((priority) => ({ listenerArn: LISTENER, priority }));
    asker.create(RULE, "one", one!);
    const made = asker.create(RULE, "two", two!);
    refuses(() => asker.create(RULE, "three", one!), /PriorityInUse: Priority '1'/);
    refuses(() => asker.update(RULE, "two", made, two!, one!), /PriorityInUse/);
    assert.doesNotThrow(() => asker.update(RULE, "two", made, two!, two!));
    assert.doesNotThrow(() => asker.create(RULE, "other", { ...one, listenerArn: `${LISTENER}0` }));
  });

  it("a second record of a name and type in a zone", () => {
    const asker = new Asker();
    const record = { zoneId: "Z1", name: "app.example.org", type: "CNAME" };
    const made = asker.create(RECORD, "one", record);
    refuses(() => asker.create(RECORD, "two", record), /InvalidChangeBatch: .*name='app.example.org', type='CNAME'/);
    assert.doesNotThrow(() => asker.update(RECORD, "one", made, record, { ...record, ttl: 60 }));
    assert.doesNotThrow(() => asker.create(RECORD, "other", { ...record, zoneId: "Z2" }));
  });

  it("to upgrade a database before its replicas", () => {
    const asker = new Asker();
    const instance = (identifier: string, engineVersion: string, more: object = {}) => ({
      identifier,
      engine: "postgres",
      engineVersion,
      ...more,
    });
    const reader = (version: string) => instance("reader", version, { replicateSourceDb: "main" });
    const primary = asker.create(INSTANCE, "primary", instance("main", "15.18"));
    const replica = asker.create(INSTANCE, "replica", reader("15.18"));
    const upgrade = () =>
      asker.update(INSTANCE, "primary", primary, instance("main", "15.18"), instance("main", "15.19"));
    refuses(upgrade, /DBUpgradeDependencyFailure/);
    asker.update(INSTANCE, "replica", replica, reader("15.18"), reader("15.19"));
    assert.doesNotThrow(upgrade);
  });

  it("to delete a target group that a rule forwards to, and what is protected against deletion", () => {
    const asker = new Asker();
    const group = asker.create(GROUP, "group", {});
    const inputs = { listenerArn: LISTENER, priority: 1, actions: [{ type: "forward", targetGroupArn: group.id }] };
    const rule = asker.create(RULE, "rule", inputs);
    refuses(() => asker.delete(GROUP, "group", group, {}), /ResourceInUse/);
    asker.delete(RULE, "rule", rule, inputs);
    assert.doesNotThrow(() => asker.delete(GROUP, "group", group, {}));

    for (const [type, guarded] of [
      ["aws:lb/loadBalancer:LoadBalancer", { subnets: ["a", "b"], enableDeletionProtection: true }],
      ["aws:rds/instance:Instance", { deletionProtection: true }],
      ["aws:eks/cluster:Cluster", { deletionProtection: true }],
    ] as const) {
      const inputs = structuredClone(guarded) as unknown as Record<string, Json>;
      const made = asker.create(type, "guarded", inputs);
      refuses(() => asker.delete(type, "guarded", made, inputs), /protect/i);
      assert.doesNotThrow(() =>
        asker.delete(type, "guarded", made, { ...inputs, deletionProtection: false, enableDeletionProtection: false }),
      );
    }
  });

  it("another selector for a Deployment that is there", () => {
    const asker = new Asker();
    const deployment = (app: string) => ({
      metadata: { name: "api" },
      spec: { selector: { matchLabels: { app } }, template: { metadata: { labels: { app } } } },
    });
    const made = asker.create("kubernetes:apps/v1:Deployment", "api", deployment("a"));
    refuses(
      () => asker.update("kubernetes:apps/v1:Deployment", "api", made, deployment("a"), deployment("b")),
      /spec.selector: .*field is immutable/,
    );
  });

  it("a type without a model, by name and with what to do", () => {
    for (const type of ["aws:ec2/instance:Instance", "kubernetes:core/v1:Pod"]) {
      assert.equal(cloudOf(type).models(type), false);
      refuses(
        () => new Asker().create(type, "thing", {}),
        new RegExp(`${type} is not modeled: add it to rehearsal/clouds/`),
      );
    }
  });
});
