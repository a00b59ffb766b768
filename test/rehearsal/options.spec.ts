import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { EchoProvider, Group, inOrder, project, stepOf, Theater, Thing, told, urnOf } from "./support/stage";

/** A resource of a type that no cloud knows. */
class Foreign extends pulumi.CustomResource {
  constructor(type: string) {
    super(type, "a");
  }
}

describe("rehearsal: resource options", () => {
  it("names resources after their parents' types", async () => {
    const plan = await new Theater().up(() => {
      const group = new Group("g");
      new Thing("inner", {}, { parent: new Thing("outer", {}, { parent: group }) });
    });
    const type = "test:index:Group$echo:index/thing:Thing";
    assert.equal(stepOf(plan, "inner").urn, `urn:pulumi:dev::shop::${type}$echo:index/thing:Thing::inner`);
    assert.equal(stepOf(plan, "inner").parent, stepOf(plan, "outer").urn);
    assert.equal(stepOf(plan, "g").parent, "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev");
  });

  it("refuses two resources of one name", async () => {
    const run = new Theater().preview(() => {
      new Thing("a");
      new Thing("a");
    });
    await assert.rejects(run, /Duplicate resource URN 'urn:.*::a'; try giving it a unique name/);
  });

  it("gives children the provider of their component, and replaces them when its region changes", async () => {
    const stage = new Theater();
    const program = (inputs: pulumi.Inputs) => () => {
      const provider = new EchoProvider("p", inputs);
      new Thing("child", {}, { parent: new Group("inner", { parent: new Group("outer", { provider }) }) });
    };
    const first = await stage.up(program({ region: "here" }));
    assert.match(
      String(stepOf(first, "child").provider),
      /^urn:pulumi:dev::shop::pulumi:providers:echo::p::[0-9a-f-]{36}$/,
    );
    const second = await stage.preview(program({ region: "here", retries: 3 }));
    assert.equal(stepOf(second, "p").op, "update");
    assert.equal(stepOf(second, "child").op, "same");
    const third = await stage.up(program({ region: "there" }));
    assert.equal(stepOf(third, "p").op, "replace");
    assert.equal(stepOf(third, "child").op, "replace");
    assert.deepEqual(stepOf(third, "child").diff, ["provider"]);
    assert.deepEqual(stage.cloud.calls, ["create child", "create child", "delete child"]);
  });

  it("keeps resources when only the provider's name changes", async () => {
    const stage = new Theater();
    await stage.up(() => void new Thing("a", {}, { provider: new EchoProvider("p") }));
    const plan = await stage.up(() => void new Thing("a", {}, { provider: new EchoProvider("q") }));
    assert.deepEqual(told(plan), ["same a"]);
    assert.deepEqual(plan.summary, { same: 2, create: 1, delete: 1 });
  });

  it("knows nothing of the resources of a provider that is not known yet", async () => {
    const stage = new Theater();
    const program = (kind: string) => () => {
      const host = new Thing("host", { kind }, { provider: new EchoProvider("p") });
      const late = new EchoProvider("late", { region: "here", host: host.arn });
      const a = new Thing("a", { size: 1 }, { provider: late });
      return { size: a.size };
    };
    const first = await stage.preview(program("x"));
    assert.equal(first.outputs.size, "[unknown]");
    await stage.up(program("x"));
    const plan = await stage.preview(program("y"));
    assert.equal(stepOf(plan, "a").op, "update");
    assert.deepEqual(stepOf(plan, "a").diff, []);
    assert.ok(stage.messages.some((text) => /its provider's config is not known yet/.test(text)));
  });

  it("refuses a resource without provider where default providers are disabled", async () => {
    const stage = new Theater({
      project: project({ dev: "config: {}" }, 'config:\n  pulumi:disable-default-providers:\n    value: ["*"]\n'),
    });
    await assert.rejects(
      stage.preview(() => void new Thing("a")),
      /Default provider for 'echo' disabled\. 'urn:.*::a' must use an explicit provider/,
    );
    await stage.preview(() => void new Thing("a", {}, { provider: new EchoProvider("p") }));
  });

  it("makes default providers where they are allowed, without a step", async () => {
    const stage = new Theater();
    const plan = await stage.up(() => void new Thing("a", {}, { version: "1.2.3" }));
    assert.match(String(stepOf(plan, "a").provider), /pulumi:providers:echo::default_1_2_3::/);
    assert.deepEqual(plan.summary, { create: 2 });
  });

  for (const preview of [true, false]) {
    it(`fails when a protected resource would be deleted or replaced, in ${preview ? "a preview" : "an up"}`, async () => {
      const stage = new Theater();
      const program =
        (kind: string, protect: boolean, size = 1) =>
        () => {
          new Thing("first", { size });
          new Thing("a", { kind }, { protect });
        };
      await stage.up(program("x", true));
      const calls = stage.cloud.calls.length;
      const run = (next: () => unknown) => (preview ? stage.preview(next) : stage.up(next));
      await assert.rejects(
        run(program("y", true, 2)),
        /unable to replace resource "urn:.*::a"\nas it is currently marked/,
      );
      await assert.rejects(
        run(() => void new Thing("first", { size: 2 })),
        /::a" cannot be deleted\nbecause it is protected/,
      );
      await assert.rejects(stage.rehearsal.destroy("dev"), /cannot be deleted/);
      const plan = await stage.preview(program("x", true));
      assert.deepEqual(told(plan), ["same a", "same first"]);
      assert.deepEqual([...stage.rehearsal.world.things()].map((thing) => thing.properties.size ?? 0).sort(), [0, 1]);
      assert.ok(preview ? stage.cloud.calls.length === calls : true);
      assert.equal((await stage.up(program("y", false))).summary.replace, 1);
    });
  }

  it("inherits protection, retention and deletedWith from the parent, unless told otherwise", async () => {
    const stage = new Theater();
    await stage.up(() => {
      const parent = new Group("g", { protect: true, retainOnDelete: true });
      new Thing("inherits", {}, { parent });
      new Thing("refuses", {}, { parent, protect: false, retainOnDelete: false });
    });
    await assert.rejects(stage.rehearsal.destroy("dev"), (error: Error) => {
      assert.match(error.message, /::inherits" cannot be deleted/);
      assert.doesNotMatch(error.message, /::refuses"/);
      return true;
    });
  });

  it("retains the children of what is retained", async () => {
    const stage = new Theater();
    await stage.up(() => {
      const parent = new Group("g", { retainOnDelete: true });
      new Thing("inherits", {}, { parent });
      new Thing("refuses", {}, { parent, retainOnDelete: false });
    });
    await stage.rehearsal.destroy("dev");
    assert.deepEqual(stage.cloud.calls.slice(2), ["delete refuses"]);
  });

  it("ignores changes of paths, with wildcards", async () => {
    const stage = new Theater();
    const options = { ignoreChanges: ["tags.owner", "rules[*].note", 'map["a.b"]'] };
    const program = (value: string) => () => {
      const inputs = {
        tags: { owner: value, kept: value },
        rules: [{ note: value, name: value }],
        map: { "a.b": value },
      };
      new Thing("a", inputs, options);
    };
    await stage.up(program("x"));
    const plan = await stage.up(program("y"));
    assert.deepEqual(stepOf(plan, "a").diff, ["rules[0].name", "tags.kept"]);
    assert.deepEqual(stepOf(plan, "a").inputs.tags, { owner: "x", kept: "y" });
    const longer = await stage.preview(() => void new Thing("a", { rules: [{ note: "1" }, { note: "2" }] }, options));
    assert.ok(stepOf(longer, "a").diff.includes("rules[1]"));
    assert.ok(stage.messages.some((text) => /cannot ignore changes in added or removed elements/.test(text)));
  });

  it("replaces on changes that the program names", async () => {
    const stage = new Theater();
    const program = (value: string) => () => {
      new Thing("path", { tags: { a: value, b: "1" } }, { replaceOnChanges: ["tags.a"] });
      new Thing("all", { tags: { a: value } }, { replaceOnChanges: ["*"] });
      new Thing("other", { tags: { a: value } }, { replaceOnChanges: ["tags.b"] });
    };
    await stage.up(program("x"));
    const plan = await stage.preview(program("y"));
    assert.deepEqual(told(plan), ["replace all", "replace path", "update other"]);
    assert.equal(stepOf(plan, "path").detailedDiff["tags.a"]!.kind, "update-replace");
  });

  it("deletes before it replaces, with those that would be replaced because of it", async () => {
    const stage = new Theater();
    const program = (kind: string) => () => {
      const root = new Thing("root", { kind }, { deleteBeforeReplace: true });
      const replaced = new Thing("replaced", { kind: root.arn });
      new Thing("further", { kind: replaced.arn });
      new Thing("updated", { size: root.arn });
      new Thing("kept", {}, { dependsOn: root });
    };
    await stage.up(program("x"));
    const preview = await stage.preview(program("y"));
    assert.deepEqual(told(preview), [
      "replace further",
      "replace replaced",
      "replace root",
      "same kept",
      "update updated",
    ]);
    stage.cloud.calls.length = 0;
    const plan = await stage.up(program("y"));
    assert.deepEqual(told(plan), told(preview));
    assert.deepEqual(stage.cloud.calls.slice(0, 4), [
      "delete further",
      "delete replaced",
      "delete root",
      "create root",
    ]);
    assert.equal([...stage.rehearsal.world.things()].length, 5);
    assert.deepEqual((await stage.up(program("y"))).summary, { same: 6 });
  });

  it("creates before it deletes otherwise, dependents last", async () => {
    const stage = new Theater();
    const program = (kind: string) => () => {
      const root = new Thing("root", { kind });
      new Thing("leaf", { kind: root.arn });
    };
    await stage.up(program("x"));
    await stage.up(program("y"));
    assert.deepEqual(stage.cloud.calls.slice(2), ["create root", "create leaf", "delete leaf", "delete root"]);
  });

  it("keeps in the cloud what is retained, or goes with something that is deleted", async () => {
    const stage = new Theater();
    await stage.up(() => {
      const owner = new Thing("owner");
      new Thing("retained", {}, { retainOnDelete: true });
      new Thing("with", {}, { deletedWith: owner });
    });
    const plan = await stage.up(() => undefined);
    assert.deepEqual(told(plan), ["delete owner", "delete retained", "delete with"]);
    assert.deepEqual(
      stage.cloud.calls.filter((call) => call.startsWith("delete")),
      ["delete owner"],
    );
  });

  it("finds resources under their former names, parents and types", async () => {
    const stage = new Theater();
    await stage.up(() => {
      new Thing("old");
      new Thing("loose");
      new Thing("inner", {}, { parent: new Group("was") });
      new Thing("was-child", {}, { parent: new Group("was", { parent: new Group("top") }) });
    });
    const plan = await stage.up(() => {
      new Thing("new", {}, { aliases: [{ name: "old" }] });
      const home = new Group("home");
      new Thing("loose", {}, { parent: home, aliases: [{ parent: pulumi.rootStackResource }] });
      new Thing("moved", {}, { aliases: [urnOf("inner", "test:index:Group")] });
      new Thing("is-child", {}, { parent: new Group("is", { parent: new Group("top"), aliases: [{ name: "was" }] }) });
    });
    assert.equal(plan.summary.create, 1);
    assert.deepEqual(told(plan), [
      "create home",
      "delete was",
      "same is",
      "same is-child",
      "same loose",
      "same moved",
      "same new",
      "same top",
    ]);
    assert.equal(stage.cloud.calls.length, 4);
  });

  it("refuses two resources that claim to have been one", async () => {
    const stage = new Theater();
    await stage.up(() => void new Thing("old"));
    const run = stage.preview(() => {
      new Thing("a", {}, { aliases: [{ name: "old" }] });
      new Thing("b", {}, { aliases: [{ name: "old" }] });
    });
    await assert.rejects(run, /Duplicate resource alias 'urn:.*::old'/);
  });

  it("replaces when the replacement trigger changes, and not when it appears", async () => {
    const stage = new Theater();
    const program = (trigger?: string) => () =>
      void new Thing("a", {}, trigger === undefined ? {} : { replacementTrigger: trigger });
    await stage.up(program());
    assert.deepEqual(told(await stage.up(program("1"))), ["same a"]);
    assert.deepEqual(told(await stage.up(program("2"))), ["replace a"]);
  });

  it("records timeouts in seconds", async () => {
    const stage = new Theater();
    await stage.up(() => void new Thing("a", {}, { customTimeouts: { create: "1h30m", delete: "45s" } }));
    const { deployment } = await stage.rehearsal.export("dev", "secret");
    const resource = deployment.resources!.find((candidate) => candidate.urn.endsWith("::a"));
    assert.deepEqual(resource!.customTimeouts, { create: 5400, delete: 45 });
  });

  it("works on targets only", async () => {
    const stage = new Theater();
    const program = (size: number, more: boolean) => () => {
      const a = new Thing("a", { size });
      const b = new Thing("b", { size, from: a.arn });
      if (more) {
        new Thing("fresh", { from: b.arn });
      }
    };
    await stage.up(program(1, false));
    const plan = await stage.up(program(2, true), { targets: [urnOf("b")] });
    assert.deepEqual(told(plan), ["same a", "same fresh", "update b"]);
    assert.deepEqual(told(await stage.preview(program(2, false))), ["same b", "update a"]);
    await assert.rejects(
      stage.up(program(2, true), { targets: [urnOf("nowhere")] }),
      /Target 'urn:.*::nowhere' could not be found in the stack/,
    );
  });

  it("leaves what is excluded as it was, and does not delete it either", async () => {
    const stage = new Theater();
    const program = (size: number, all: boolean) => () => {
      new Thing("here-a", { size });
      new Thing("there-a", { size });
      if (all) {
        new Thing("there-b");
        new Thing("here-b");
      }
    };
    await stage.up(program(1, true));
    const plan = await stage.up(program(2, false), { exclude: ["**::there*"] });
    assert.deepEqual(told(plan), ["delete here-b", "same there-a", "same there-b", "update here-a"]);
    assert.deepEqual(told(await stage.preview(program(2, false))), ["delete there-b", "same here-a", "update there-a"]);
  });

  it("does not make what is excluded, and fails when something needs it", async () => {
    const stage = new Theater();
    await stage.up(() => undefined);
    const run = (named: boolean) =>
      stage.preview(
        () => {
          const there = new Thing("there");
          new Thing("here", named ? { from: there.arn } : {});
        },
        { exclude: ["**::there"] },
      );
    assert.deepEqual(told(await run(false)), ["create here", "same there"]);
    await assert.rejects(run(true), /::here' depends on 'urn:.*::there'/);
  });

  it("fails when a target needs something new that is none", async () => {
    const stage = new Theater();
    await stage.up(() => undefined);
    const run = stage.preview(
      () => {
        const a = new Thing("a");
        new Thing("b", { from: a.arn });
      },
      { targets: [urnOf("b")] },
    );
    await assert.rejects(run, /::b' depends on 'urn:.*::a' which was not specified in the targets/);
  });

  it("destroys targets, and fails when others depend on them", async () => {
    const stage = new Theater();
    await stage.up(() => {
      const a = new Thing("a");
      new Thing("b", { from: a.arn });
    });
    await assert.rejects(
      stage.rehearsal.destroy("dev", { targets: [urnOf("a")] }),
      /::b' will be destroyed but was not/,
    );
    assert.deepEqual(inOrder(await stage.rehearsal.destroy("dev", { targets: [urnOf("b")] })).sort(), [
      "delete b",
      "same a",
    ]);
  });

  const refused: [string, RegExp, () => unknown][] = [
    ["import", /does not model the option `import`/, () => new Thing("a", {}, { import: "x" })],
    ["replaceWith", /option `replaceWith`/, () => new Thing("a", {}, { replaceWith: [new Thing("b")] })],
    ["transforms", /does not model transforms/, () => new Thing("a", {}, { transforms: [() => undefined] })],
    [
      "hooks",
      /does not model resource hooks/,
      () => new Thing("a", {}, { hooks: { beforeCreate: [() => undefined] } }),
    ],
    ["another package", /does not model other:index:Thing, the type of urn/, () => new Foreign("other:index:Thing")],
    ["another type", /does not model echo:index:Other/, () => new Foreign("echo:index:Other")],
    ["an invoke", /does not model the function echo:index:f/, () => pulumi.runtime.invoke("echo:index:f", {})],
    [
      "a remote asset",
      /does not fetch/,
      () => new Thing("a", { source: new pulumi.asset.RemoteAsset("https://example.com") }),
    ],
  ];
  for (const [what, message, use] of refused) {
    it(`refuses ${what} by name`, async () => {
      await assert.rejects(
        new Theater().preview(() => void use()),
        message,
      );
    });
  }
});
