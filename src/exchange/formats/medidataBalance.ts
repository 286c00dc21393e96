import { armColumn, numberColumn, oneOf, wholeColumn } from "../cells.js";
import type { TableFormat } from "../tableFormat.js";
import { asDocumented, plainMap } from "./documented.js";

/** The list of Medidata Balance. */
export const medidataBalance: TableFormat = {
  id: "medidata-balance",
  title: "Medidata Balance",
  basis: asDocumented("the columns of medibalance, 2017"),
  ...plainMap("medidata-balance"),
  tableName: () => "medidata-balance",
  columns: (map, plan) => [
    { title: "List Name", cell: () => plan.list, rule: oneOf([plan.list]) },
    wholeColumn("Block ID", "blockId"),
    numberColumn("Randomization ID"),
    armColumn("Arm Code", map),
    { title: "Arm Name", cell: ({ arm }) => arm, rule: oneOf(plan.arms.map(({ arm }) => arm)) },
  ],
  needsBlocks: true,
  armHint: "arm code in Balance",
  factorHint: "field and codes are not written: Balance takes one list a stratum",
};
