import type { Fault, Moment } from "./fault";

/** What is wrong with a release, or with what it needs: it shows in metrics. */
export const releaseFaults: Readonly<Record<string, Fault>> = {
  "candidate-errors": {
    description: "8 % of the candidate's answers are errors",
    behavior: ({ errors }, moment) => (strikes(moment) ? { errors: errors + 0.08 } : {}),
  },
  "slow-tail": {
    description: "1 % of the candidate's requests take 25 times as long; the 95th percentile hardly moves",
    behavior: (_, moment) => (strikes(moment) ? { tail: 0.01 } : {}),
  },
  slower: {
    description: "the candidate's requests take 15 % longer; no limit is reached",
    behavior: ({ slowness }, moment) => (strikes(moment) ? { slowness: slowness * 1.15 } : {}),
  },
  flapping: {
    description: "the candidate's error rate swings about its tightest limit: two minutes above, two below",
    behavior: (_, moment) => {
      const above = Math.floor(moment.hours * 30) % 2 === 0;
      return strikes(moment) ? { errors: (tightest(moment) / 100) * (above ? 1.3 : 0.7) } : {};
    },
  },
  crashes: {
    description: "0.5 % of the candidate's sessions crash",
    behavior: (_, moment) => (strikes(moment) ? { crashes: 0.005 } : {}),
  },
  "fewer-selections": {
    description: "the candidate's students choose 20 % fewer careers in a session; no limit is reached",
    behavior: ({ selections }, moment) => (strikes(moment) ? { selections: 0.8 * selections } : {}),
  },
  "user-reports": {
    description: "the candidate's users report problems, 300 an hour if it served everybody",
    behavior: (_, moment) => (strikes(moment) ? { reports: 300 } : {}),
  },
  "memory-leak": {
    description: "the candidate's memory grows by 3 percentage points an hour",
    behavior: (_, moment) => (strikes(moment) ? { memory: 3 * moment.hours } : {}),
  },
  "database-connections": {
    description: "12 % of the candidate's attempts to connect to the database fail",
    behavior: (_, moment) => (strikes(moment) ? { connectionFailures: 0.12 } : {}),
  },
  "ai-outage": {
    description: "97 % of the calls to AI fail, of both colors, and the others take four times as long",
    behavior: ({ aiSlowness }) => ({ aiErrors: 0.97, aiSlowness: 4 * aiSlowness }),
  },
};

function strikes({ color, plan }: Moment): boolean {
  return color === plan.candidate;
}

/** The lowest percentage that a gate or a trigger puts on errors; 5 where there is none. */
function tightest({ plan }: Moment): number {
  const conditions = [
    ...plan.triggers.map(({ condition }) => condition),
    ...plan.stages.flatMap(({ gates }) => gates.map(({ condition }) => condition)),
  ];
  const limits = conditions
    .filter(({ metric, baseline }) => metric === "error-rate" && !baseline)
    .map(({ limit }) => limit);
  return limits.length === 0 ? 5 : Math.min(...limits);
}
