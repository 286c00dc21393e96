import { ANYTHING, armColumn, factorColumn, numberColumn, oneOf, wholeColumn } from "../cells.js";
import type { TableColumn, TableFormat } from "../tableFormat.js";
import { asDocumented, factorWithField, plainMap } from "./documented.js";

const SOURCE = asDocumented("help articles 90 and 206 of Sealed Envelope");
const ARM = "name or code of the treatment group";

/** The randomisation list of Sealed Envelope: blocks and treatments, no codes. */
export const sealedEnvelope: TableFormat = {
  id: "sealed-envelope",
  title: "Sealed Envelope, randomisation list",
  basis: SOURCE,
  ...plainMap("sealed-envelope"),
  tableName: () => "sealed-envelope-list",
  columns: (map, plan) => [
    ...plan.strata.map(({ factor }) => factorColumn(map.factors[factor]?.field ?? factor, factor, map, plan)),
    wholeColumn("Block", "blockId"),
    wholeColumn("Block size", "blockSize"),
    wholeColumn("Sequence", "position"),
    armColumn("Treatment", map),
  ],
  needsBlocks: true,
  armHint: ARM,
  factorHint: "field: title of the factor's column; codes: names of its categories",
};

const empty = (title: string): TableColumn => ({ title, cell: () => "", rule: ANYTHING });
const no = (title: string): TableColumn => ({ title, cell: () => "No", rule: oneOf(["No", "Yes"]) });

/** The code list of Sealed Envelope, apart from the randomisation list; the codes are the randomization numbers. */
export const sealedEnvelopeCodes: TableFormat = {
  id: "sealed-envelope-codes",
  title: "Sealed Envelope, code list",
  basis: SOURCE,
  ...plainMap("sealed-envelope-codes"),
  tableName: () => "sealed-envelope-codes",
  columns: (map, plan) => {
    const site = factorWithField(map, plan, "Site");
    return [
      wholeColumn("Block", "blockId"),
      numberColumn("Code"),
      site === undefined ? empty("Site") : factorColumn("Site", site, map, plan),
      armColumn("Treatment group", map),
      no("On site?"),
      no("Used?"),
      empty("Date used"),
    ];
  },
  needsBlocks: true,
  armHint: ARM,
  factorHint: "field: Site for the site, any other name for a factor that the code list does not show",
};
