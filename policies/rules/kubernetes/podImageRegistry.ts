import { coppa, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { eachImage, fullImageName } from "./internal/images";
import { POD_TYPES } from "./internal/pods";

export const podImageRegistry: ResourceRule = {
  id: "pod-image-registry",
  title: "Images come from the registries that are allowed",
  area: "kubernetes",
  severity: "high",
  frameworks: [soc2("CC6.8"), iso27001("A.8.19"), coppa("312.8(b)")],
  why: "What is in a foreign registry was scanned by nobody, and can be gone when a node needs it.",
  fix: "Copy the image to a registry of yours, or add its registry to cutover:policies.registries.",
  scope: "resource",
  settings: ["registries"],
  types: POD_TYPES,
  applies: (_, { settings }) => settings.registries.length > 0,
  check(workload, context) {
    const allowed = context.settings.registries.map((registry) => registry.replace(/\/*$/, "/"));
    eachImage(workload, context, (image, holder) => {
      if (!allowed.some((registry) => fullImageName(image).startsWith(registry))) {
        context.report(`${holder.path} has an image from a registry that is not allowed`);
      }
    });
  },
};
