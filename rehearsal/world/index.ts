/**
 * How the stand-in clouds behave: what a request meets, and what the routers really do. All of it is read off the world,
 * never off a stack's state, so that the two can differ.
 */
export { capacity, type Capacity } from "./capacity";
export { entryOf, type Entry, type Group, type Listener, type Rule } from "./entry";
export { databaseRegions } from "./databases";
export { reachOf, type Reach } from "./edge";
export { exampleRequest, greenWeights, routedRegions, unreachable } from "./observer";
export { outcomes, type Outcome, type Request } from "./requests";
export { routers, weights, type Percentages, type RouterWeights } from "./weights";
