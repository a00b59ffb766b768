/** What can go wrong in a rehearsal: in the release, in monitoring, in the clouds, in the controller. */
export { faultyClouds } from "./faultyClouds";
export { faultyEngine } from "./faultyEngine";
export { faultyJournal, faultyReader, rehearsedHooks } from "./faultyPorts";
export { Faults, type FaultContext } from "./faults";
export { checkFaults, FAULTS, parseFault, type PlannedFault, type Rehearsed } from "./parse";
export { survive, type SurviveOptions } from "./survive";
