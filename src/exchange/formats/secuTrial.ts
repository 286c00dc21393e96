import { armColumn, factorColumn, numberColumn } from "../cells.js";
import type { TableFormat } from "../tableFormat.js";
import { asDocumented, plainMap } from "./documented.js";

/** The randomization list of secuTrial. */
export const secuTrial: TableFormat = {
  id: "secutrial",
  title: "secuTrial",
  basis: asDocumented("the columns that randotools writes, there called untested"),
  ...plainMap("secutrial"),
  tableName: () => "secutrial",
  columns: (map, plan) => [
    numberColumn("Number"),
    armColumn("Group", map),
    ...plan.strata.map(({ factor }) =>
      factorColumn(map.factors[factor]?.field ?? factor, factor, map, plan, (code) => `value = ${code}`),
    ),
  ],
  armHint: "name of the group",
  factorHint: "field: name of the stratification field; codes: its values, written as value = x",
};
