import { coppa, iso27001, soc2 } from "../../frameworks";
import type { Resource } from "../../graph";
import type { ResourceRule } from "../../rule";

export const helmReleasePinned: ResourceRule = {
  id: "helm-release-pinned",
  title: "A chart is of one version, and comes over HTTPS",
  area: "kubernetes",
  severity: "high",
  frameworks: [soc2("CC8.1"), iso27001("A.8.19"), coppa("312.8(b)")],
  why: "Without a version each deployment installs what is newest that day, tested by nobody.",
  fix: "Set version to an exact one such as 1.2.3, and repositoryOpts.repo to an https address, or chart to an oci one.",
  scope: "resource",
  types: [/^kubernetes:helm\.sh\/v\d:(Release|Chart)$/],
  applies: (release) => release.has("chart") && !isLocal(release),
  check(release, { report }) {
    if (!/^v?\d+\.\d+\.\d+([-+][\w.+-]+)?$/.test(release.text("version") ?? "")) {
      report("version is not an exact version");
    }
    const source = release.text("repositoryOpts.repo") ?? release.text("chart") ?? "";
    if (!/^(https|oci):\/\//.test(source)) {
      report("repositoryOpts.repo is no https address");
    }
  },
};

/** A chart of this repository, or of a file. */
function isLocal(release: Resource): boolean {
  return /^[./]|\.tgz$/.test(release.text("chart") ?? "") && !release.has("repositoryOpts.repo");
}
