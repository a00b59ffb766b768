import { ferpa, gdpr, iso27001 } from "../../frameworks";
import { jurisdictionOf, regionOf, tagsOf } from "../../regions";
import type { ResourceRule } from "../../rule";

export const residencyRegion: ResourceRule = {
  id: "residency-region",
  title: "What is tagged for a jurisdiction stands in it",
  area: "residency",
  severity: "critical",
  frameworks: [gdpr("44"), gdpr("5(1)(f)"), ferpa("99.31(a)(1)(i)(B)"), iso27001("A.5.34"), iso27001("A.5.23")],
  why: "One forgotten region puts a student's data under another law.",
  fix: "Give it the provider (or region) of its jurisdiction, or correct the tag.",
  scope: "resource",
  types: [/^(aws|azure-native):/],
  settings: ["jurisdictions", "residencyTag"],
  applies: (resource, { settings }) => tagsOf(resource)[settings.residencyTag] !== undefined,
  check(resource, { report, settings }) {
    const wanted = tagsOf(resource)[settings.residencyTag];
    const region = regionOf(resource);
    const actual = jurisdictionOf(region, settings);
    if (region !== undefined && wanted !== actual) {
      report(`it is for ${wanted}, and stands in ${region}${actual === undefined ? "" : ` (${actual})`}`);
    }
  },
};
