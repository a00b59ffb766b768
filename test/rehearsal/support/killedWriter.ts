/** Writes a file and dies at a point of the write: run as a process of its own by the tests. */
import { writeAtomically } from "../../../files/atomicFile";

const [file, content, point] = process.argv.slice(2);
writeAtomically(file!, content!.repeat(1000), 0o644, (reached) => {
  if (reached === point) {
    process.kill(process.pid, "SIGKILL");
  }
});
