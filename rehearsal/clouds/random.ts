import type { Cloud } from "../engine/cloud";
import { TableCloud } from "./tableCloud";

/** What draws at random: no cloud, and like one to the program. The same run draws the same. */
export const random: Cloud = new TableCloud({
  package: "random",
  models: {
    "random:index/randomPassword:RandomPassword": {
      id: "none",
      scope: "account",
      outputs: {
        result: (context) => context.fill(`{Alnum:${context.text("length")}}`, "result"),
        bcryptHash: "$2a$10${Alnum:53}",
        lower: true,
        upper: true,
        number: true,
        numeric: true,
        special: true,
        minLower: 0,
        minUpper: 0,
        minNumeric: 0,
        minSpecial: 0,
      },
    },
  },
  nameSuffix: "",
  provider: () => ({}),
});
