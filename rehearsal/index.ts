/** The rehearsal: an engine that deploys the program into stand-in clouds, with no credentials and no network. */
export * from "./engine/cloud";
export type { DeploymentFile, Resource as RecordedResource } from "./engine/deployment";
export { createRehearsal, type Rehearsal, type RehearsalOptions } from "./engine/rehearsal";
