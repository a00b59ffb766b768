import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** A folder for each test, gone after it. */
export function temporaryFolder(): { path: string } {
  const folder = { path: "" };
  beforeEach(() => {
    folder.path = fs.mkdtempSync(path.join(os.tmpdir(), "cutover-journal-"));
  });
  afterEach(() => fs.rmSync(folder.path, { recursive: true }));
  return folder;
}
