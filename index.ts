import { run } from "./stacks/run";

// Pulumi calls the function and exports what it returns.
export = run;
