import type { Resource } from "../../../graph";
import type { Node } from "../../../node";
import type { Context } from "../../../rule";
import { eachContainerOf, eachPod } from "./pods";

/** Looks at each place of a pod that names an image: containers, and volumes that are images. */
export function eachImage(workload: Resource, context: Context, look: (image: string, holder: Node) => void): void {
  eachPod(workload, context, (pod) => {
    eachContainerOf(pod, context, (container) => look(container.text("image") ?? "", container));
    context.each(pod.nodes("spec.volumes[*].image"), (volume) => look(volume.text("reference") ?? "", volume));
  });
}

/** The name of an image in full: what names no registry comes from Docker Hub. */
export function fullImageName(image: string): string {
  const [first = "", ...rest] = image.split("/");
  if (rest.length === 0) {
    return `docker.io/library/${image}`;
  }
  return /[.:]|^localhost$/.test(first) ? image : `docker.io/${image}`;
}
