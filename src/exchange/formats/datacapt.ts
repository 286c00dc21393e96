import { pathTo } from "../../foundation/index.js";
import { armColumn, factorColumn, numberColumn } from "../cells.js";
import { mapFault } from "../exportMap.js";
import type { TableFormat } from "../tableFormat.js";
import { asDocumented, plainMap } from "./documented.js";

const CENTRE = "center_abbreviation";

/** The randomization list of Datacapt. */
export const datacapt: TableFormat = {
  id: "datacapt",
  title: "Datacapt",
  basis: asDocumented("help article 12639697 of Datacapt"),
  ...plainMap("datacapt"),
  checkMap: ({ arms }) =>
    Object.entries(arms)
      .filter(([, code]) => !/^(?:0|[1-9]\d*)$/.test(code))
      .map(([arm]) => mapFault(pathTo("arms", arm), "a treatment arm code is a whole number.", 'such as "1"')),
  tableName: () => "datacapt",
  columns: (map, plan) => [
    armColumn("treatment_arm_code", map),
    ...plan.strata.map(({ factor }) => {
      const field = map.factors[factor]?.field ?? factor;
      return factorColumn(field === CENTRE ? CENTRE : `$${field}`, factor, map, plan);
    }),
    numberColumn("$PAYLOAD"),
  ],
  armHint: "treatment arm code, a whole number",
  factorHint: `field: ${CENTRE} for the site, else the variable's name without $; codes: its values`,
};
