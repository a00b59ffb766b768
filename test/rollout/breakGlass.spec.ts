import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { breakGlass, routerRecords } from "../../rollout/breakGlass";
import { group, page, tester, weighted } from "./rules";

const [EU, US] = ["eu-west-1", "us-east-1"] as const;

describe("break-glass", () => {
  const rules = [
    weighted(US, "web", 40, 60),
    weighted(EU, "api", 40, 60),
    tester(EU, "api", "green"),
    page(EU),
    weighted(US, "api", 40, 60),
  ];
  const lines = breakGlass(routerRecords(rules), "blue", "production").split("\n");

  it("sets every router of every region with the cloud's own command, and nothing else", () => {
    const commands = lines.filter((line) => line.startsWith("aws elbv2 modify-rule"));
    assert.deepEqual(
      commands.map((line) => /--region (\S+) --rule-arn (\S+)/.exec(line)!.slice(1)),
      [
        [EU, rules[1]!.id],
        [US, rules[4]!.id],
        [US, rules[0]!.id],
      ],
    );
    const actions = JSON.parse(/--actions '(.+)'$/.exec(commands[0]!)![1]!) as unknown;
    assert.deepEqual(actions, [
      {
        Type: "forward",
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: group(EU, "pathfinity-blue-api"), Weight: 100 },
            { TargetGroupArn: group(EU, "pathfinity-green-api"), Weight: 0 },
          ],
        },
      },
    ]);
  });

  it("keeps the stickiness, which the command would take away otherwise", () => {
    const sticky = [weighted(EU, "api", 100, 0, { stickiness: { enabled: true, duration: 600 } })];
    assert.match(
      breakGlass(routerRecords(sticky), "green", "production"),
      /"TargetGroupStickinessConfig":\{"Enabled":true,"DurationSeconds":600\}/,
    );
  });

  it("says how to look, and how the state and the rollout catch up", () => {
    const looks = lines.filter((line) => line.startsWith("aws elbv2 describe-rules"));
    assert.deepEqual(
      looks.map((line) => line.split(" ").filter((word) => word.startsWith("arn:")).length),
      [1, 2],
    );
    const refresh = lines.find((line) => line.startsWith("pulumi refresh --yes --stack production"))!;
    assert.equal(refresh.split("--target").length - 1, 3);
    assert.match(lines.at(-2)!, /^cutover rollout abort --stack production -m '.+blue by hand'$/);
  });

  it("is a script that a shell runs as it is: each argument arrives whole", () => {
    const script = breakGlass(routerRecords(rules), "blue", "production");
    const stubs =
      'aws() { printf "%s\\n" "$#"; }; pulumi() { printf "%s\\n" "$#"; }; cutover() { printf "%s\\n" "$#"; };\n';
    const counts = execFileSync("sh", ["-c", `${stubs}${script}`], { encoding: "utf8" })
      .trim()
      .split("\n")
      .map(Number);
    assert.deepEqual(counts, [8, 8, 8, 8, 9, 10, 6]);
  });

  it("has nothing to say of rules that lack a color", () => {
    const { properties } = weighted(EU, "api", 100, 0);
    const forward = { targetGroups: [{ arn: group(EU, "pathfinity-blue-api"), weight: 100 }] };
    assert.deepEqual(
      routerRecords([{ ...rules[0]!, properties: { ...properties, actions: [{ type: "forward", forward }] } }]),
      [],
    );
  });
});
