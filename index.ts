import { shortenStacks, skipEmptyErrors } from "./stacks/errorStacks";
import { run } from "./stacks/run";

skipEmptyErrors();

// Pulumi calls the function and exports what it returns.
export = () => {
  shortenStacks();
  return run();
};
