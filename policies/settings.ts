import { policiesSchema, type PoliciesConfig } from "../stacks/config/policies";

/** What is set for a stack: the section `cutover:policies` of its config. */
export type Settings = PoliciesConfig;

/** A waiver: a violation that somebody accepted until a day. */
export type Waiver = Settings["waivers"][number];

/** What holds where nothing is set: for programs other than this one, too. */
export const DEFAULT_SETTINGS: Settings = policiesSchema.parse({});
