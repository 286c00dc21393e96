import type { Plan } from "../../list/index.js";
import { armColumn, factorColumn, NUMBER, numberColumn, oneOf, wholeColumn } from "../cells.js";
import type { ExportMap, TableColumn, TableFormat } from "../tableFormat.js";
import { asDocumented, checkCodes, factorWithField, plainMap } from "./documented.js";

/** A number that begins with 0 would be another one after the upload. */
const NO_ZERO_FIRST: TableColumn["rule"] = {
  isRight: (cell) => NUMBER.isRight(cell) && !cell.startsWith("0"),
  says: `${NUMBER.says}; no 0 first, which is removed at the upload`,
};

/** The codes of all factors but the site, joined by underscores. */
function stratumColumn(map: ExportMap, { strata }: Plan, site: string | undefined): readonly TableColumn[] {
  const own = strata.flatMap(({ factor, levels }, at) =>
    factor === site ? [] : [{ at, factor, levels, codes: map.factors[factor]?.codes ?? {} }],
  );
  if (own.length === 0) return [];
  const groups = own.reduce<readonly (readonly [cell: string, stratum: Readonly<Record<string, string>>])[]>(
    (heads, { factor, levels, codes }) =>
      heads.flatMap(([head, stratum]) =>
        levels.map((level) => {
          const code = codes[level] ?? "";
          return [head === "" ? code : `${head}_${code}`, { ...stratum, [factor]: level }] as const;
        }),
      ),
    [["", {}]],
  );
  const stratumOf = new Map(groups);
  return [
    {
      title: "Stratum group",
      cell: ({ stratum }) => own.map(({ at, codes }) => codes[stratum[at]?.[1] ?? ""] ?? "").join("_"),
      rule: oneOf(groups.map(([cell]) => cell)),
      read: (cell) => ({ stratum: stratumOf.get(cell) ?? {} }),
      tells: "stratum",
      factors: own.map(({ factor }) => factor),
    },
  ];
}

/** The randomization list of Oracle Clinical One. */
export const oracleClinicalOne: TableFormat = {
  id: "oracle-clinical-one",
  title: "Oracle Clinical One",
  basis: asDocumented("Oracle's help on uploading a randomization list; titles are mapped at the upload"),
  ...plainMap("oracle-clinical-one"),
  checkMap: (map) =>
    checkCodes(
      map,
      /^[^0_.][^_.]*$/,
      'must not begin with 0, which is removed at the upload, nor hold "_" or a period.',
    ),
  tableName: (status) => (status === "LIVE" ? "oracle-production" : "oracle-testing"),
  columns: (map, plan) => {
    const site = factorWithField(map, plan, "Site");
    return [
      { ...numberColumn("Randomization number"), rule: NO_ZERO_FIRST },
      wholeColumn("Block number", "blockId"),
      armColumn("Treatment ID", map),
      ...stratumColumn(map, plan, site),
      wholeColumn("Sequence number", "sequence"),
      ...(site === undefined ? [] : [factorColumn("Site", site, map, plan)]),
    ];
  },
  needsBlocks: true,
  mostRows: 500_000,
  armHint: "treatment ID",
  factorHint: "field: Site for the site, any other name for a factor of the stratum group; codes: not beginning with 0",
};
