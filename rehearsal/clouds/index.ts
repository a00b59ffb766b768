import type { Cloud } from "../engine/cloud";
import { aws } from "./aws/cloud";
import { azure } from "./azure/cloud";
import { cloudflare } from "./cloudflare";
import { kubernetes } from "./kubernetes/cloud";
import { random } from "./random";

/** The stand-ins of the clouds that the program uses. */
export const clouds: readonly Cloud[] = [aws, azure, cloudflare, kubernetes, random];
