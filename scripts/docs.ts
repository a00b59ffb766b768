import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compliancePage } from "../policies/document";
import { generated } from "../stacks/config/document";

/** Writes the files that are generated from the schemas: `npm run docs`. A test holds them against the schemas. */
for (const [path, text] of Object.entries({ ...generated(), "docs/compliance.md": compliancePage() })) {
  writeFileSync(join(__dirname, "..", path), text);
  console.log(path);
}
