import type { Cloud } from "../engine/cloud";
import { aws } from "./aws/cloud";
import { azure } from "./azure";
import { cloudflare } from "./cloudflare";
import { kubernetes } from "./kubernetes/cloud";

/** The stand-ins of the clouds that the program uses. */
export const clouds: readonly Cloud[] = [aws, azure, cloudflare, kubernetes];
