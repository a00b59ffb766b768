import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { withHashes } from "../../rehearsal/engine/assets";
import { ARCHIVE, ASSET, SIGNATURE, type ValueMap } from "../../pulumi/values";
import { project, stepOf, temporaryDirectory, Theater, Thing } from "./support/stage";

describe("rehearsal: assets", () => {
  it("have the hashes that Pulumi gives them", () => {
    const directory = temporaryDirectory();
    fs.mkdirSync(path.join(directory, "code/sub"), { recursive: true });
    fs.writeFileSync(path.join(directory, "code/a.txt"), "hello\n");
    const hash = (value: ValueMap) => (withHashes(value, directory) as ValueMap).hash;
    assert.equal(
      hash({ [SIGNATURE]: ASSET, path: "code/a.txt" }),
      "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03",
    );
    assert.equal(
      hash({ [SIGNATURE]: ASSET, text: "zz" }),
      "4a60bf7d4bc1e485744cf7e8d0860524752fca1ce42331be7c439fd23043f151",
    );
    assert.equal(
      hash({ [SIGNATURE]: ARCHIVE, assets: {} }),
      "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
    );
    const zz: ValueMap = { [SIGNATURE]: ASSET, text: "zz" };
    assert.equal(
      hash({ [SIGNATURE]: ARCHIVE, assets: { z: zz } }),
      "4cbb49cc797f240ebd8d976d95875fed46a57beea4e6eb1b8a40f68e7c849b07",
    );
    assert.equal(
      hash({ [SIGNATURE]: ARCHIVE, path: "code" }),
      hash({ [SIGNATURE]: ARCHIVE, assets: { "a.txt": { [SIGNATURE]: ASSET, path: "code/a.txt" } } }),
    );
  });

  it("change when what they hold changes, and not when it only moves", async () => {
    const directory = project();
    const file = path.join(directory, "f.txt");
    const stage = new Theater({ project: directory });
    const program = (source: pulumi.asset.Asset) => () =>
      void new Thing("a", { code: new pulumi.asset.AssetArchive({ "index.mjs": source }) });
    await stage.up(program(new pulumi.asset.StringAsset("export {}")));
    fs.writeFileSync(file, "export {}");
    assert.equal(stepOf(await stage.preview(program(new pulumi.asset.FileAsset("f.txt"))), "a").op, "same");
    fs.writeFileSync(file, "export default 1");
    assert.deepEqual(stepOf(await stage.preview(program(new pulumi.asset.FileAsset("f.txt"))), "a").diff, ["code"]);
    await assert.rejects(
      stage.preview(program(new pulumi.asset.FileAsset("nowhere.txt"))),
      /cannot read the asset .*nowhere\.txt/,
    );
  });
});
