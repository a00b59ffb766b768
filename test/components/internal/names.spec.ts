import assert from "node:assert/strict";
import { regionalImage, shortDigest } from "../../../components/internal/image";
import { namespaceName, targetGroupName, versionSlug } from "../../../components/internal/names";
import { gibibytes, quantityValue } from "../../../components/internal/quantity";

const DIGEST = "0123456789abcdef".repeat(4);

describe("names, images and quantities", () => {
  it("names a color's namespace and target groups the same in every layer", () => {
    assert.equal(namespaceName("pathfinity", "green"), "pathfinity-green");
    assert.equal(targetGroupName("pathfinity", "green", "api"), "pathfinity-green-api");
    assert.equal(versionSlug("2.2.0-RC_1"), "2-2-0-rc-1");
  });

  it("fails for a target group's name above 32 characters, and says which name it is", () => {
    assert.equal(targetGroupName("twelve-chars", "green", "thirteen-char").length, 32);
    assert.throws(
      () => targetGroupName("twelve-chars", "green", "fourteen-chars"),
      /twelve-chars-green-fourteen-chars has 33.*32/,
    );
  });

  it("pulls an image of Amazon ECR from its own region, and leaves others as they are", () => {
    const image = `123456789012.dkr.ecr.us-east-1.amazonaws.com/pathfinity/api@sha256:${DIGEST}`;
    assert.equal(regionalImage(image, "eu-west-1"), image.replace("us-east-1", "eu-west-1"));
    const other = `registry.pathfinity.com/api@sha256:${DIGEST}`;
    assert.equal(regionalImage(other, "eu-west-1"), other);
  });

  it("tells builds apart by their digest, and fails for an image without one", () => {
    assert.equal(shortDigest(`registry.pathfinity.com/api@sha256:${DIGEST}`), "01234567");
    assert.throws(() => shortDigest("registry.pathfinity.com/api:v2"), /no digest/);
  });

  it("reads Kubernetes quantities, and fails for what is none", () => {
    assert.equal(quantityValue("500m"), 0.5);
    assert.equal(quantityValue("2"), 2);
    assert.equal(gibibytes("512Mi"), 0.5);
    assert.equal(gibibytes("2Gi"), 2);
    assert.throws(() => quantityValue("2 Gi"), /no quantity/);
    assert.throws(() => quantityValue("2X"), /no quantity/);
  });
});
