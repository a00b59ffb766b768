import { advance } from "./advance";
import { decisionOf, fromExpiry } from "./decisions";
import { momentsDue } from "./moments";
import { rollBack } from "./rollBack";
import type { State } from "./state";
import type { Next } from "./todo";

/**
 * What is to be done now. Pure: the same records and the same time give the same answer. When several things hold, the
 * precedence is: trigger and signal, failures, errors, no data, expiry, promotion.
 */
export function next(state: State, now: number): Next {
  if (state.outcome !== undefined) {
    return { do: "nothing" };
  }
  if (state.rollback !== undefined) {
    return rollBack(state, now);
  }
  if (now < state.last.at) {
    return { do: "wait", why: `the clock is ${Math.ceil((state.last.at - now) / 1000)} s behind the journal` };
  }
  const urgent = decisionOf(state, now);
  if (urgent !== undefined) {
    return { do: "decide", decision: urgent };
  }
  const moments = momentsDue(state, now);
  if (moments.length > 0) {
    return { do: "look", moments };
  }
  const expired = fromExpiry(state, now);
  return expired === undefined ? advance(state, now) : { do: "decide", decision: expired };
}

/**
 * What is to be done while an effect is under way: samples are looked at, and what they say is decided on. A step back and a
 * promotion wait until it has ended: they leave the stage that it is for.
 */
export function meanwhile(state: State, now: number): Next {
  const todo = next(state, now);
  if (todo.do === "look" || (todo.do === "decide" && !["promote", "step-back"].includes(todo.decision.kind))) {
    return todo;
  }
  const moments = now < state.last.at ? [] : momentsDue(state, now);
  return todo.do === "decide" && moments.length > 0 ? { do: "look", moments } : { do: "nothing" };
}
