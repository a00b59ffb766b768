/**
 * The users of a rehearsal: requests by region and color in proportion to what the stand-in routers really do, answered as well
 * as the stand-in pods can, and the metrics that monitoring would show of it.
 */
export { HEALTHY, type Behaves, type Behavior } from "./behavior";
export { SLOW_SECONDS } from "./cell";
export { SimulatedLoad, type Affected, type LoadOptions } from "./load";
export { MODELED_METRICS } from "./metrics";
export { historyOf, simulatedReader } from "./reader";
export { latenciesOf, seriesOf, type Series, type SeriesOptions } from "./series";
export { lookAt, type View, type WorkloadView } from "./view";
