import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { eachImage } from "./internal/images";
import { POD_TYPES } from "./internal/pods";

export const podImageDigest: ResourceRule = {
  id: "pod-image-digest",
  title: "Every image is named by its digest",
  area: "kubernetes",
  severity: "high",
  frameworks: [soc2("CC8.1"), iso27001("A.8.19"), gdpr("32(1)(b)"), coppa("312.8(b)")],
  why: "A tag can be moved: then nodes run something that nobody tested, and a rollback brings back something else.",
  fix: "Name the image with @sha256: and the digest of what was tested.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachImage(workload, context, (image, holder) => {
      if (!/@sha256:[0-9a-f]{64}$/.test(image)) {
        context.report(`${holder.path} has an image without a digest`);
      }
    });
  },
};
