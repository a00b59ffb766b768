import type { Fault } from "./fault";

const HOUR = 3_600_000;

/** What happens to the controller itself, and to what it runs. */
export const controllerFaults: Readonly<Record<string, Fault>> = {
  "controller-killed": {
    description: "the controller is killed when an `up` is done and not yet recorded; another one resumes",
    kills: true,
  },
  "clock-jump": {
    description: "the controller's clock jumps an hour ahead, and back ten minutes later",
    whenWatched: true,
    minutes: 10,
    begin: ({ clock }) => clock.jump(HOUR),
    end: ({ clock }) => clock.jump(-HOUR),
  },
  "hook-failed": { description: "every hook fails", hook: "it ended with exit code 1" },
};
