import * as z from "zod/mini";
import { armColumn, factorColumn, numberColumn } from "../cells.js";
import { commonFields, mapFault } from "../exportMap.js";
import type { ExportMap, TableColumn, TableFormat } from "../tableFormat.js";
import { type Issue, pathTo } from "../../foundation/index.js";
import type { Plan } from "../../list/index.js";

/** The map of a REDCap allocation table. */
export interface RedcapMap extends ExportMap {
  readonly to: "redcap";
  /** `open`: the target is a choice field and gets the arm's code. `concealed`: it is a text field and gets the number. */
  readonly target: "open" | "concealed";
  /** Name of the target field, used as a title where `header` is `before-14.7`. */
  readonly targetField: string;
  /** Header of REDCap 14.7 and later, or the one that both it and earlier versions take. */
  readonly header: "14.7" | "before-14.7";
}

const GROUP = "redcap_data_access_group";
/** The target and the data access group are no strata. */
const MOST_STRATA = 14;
const OWN_TITLES: readonly string[] = ["redcap_randomization_number", "redcap_randomization_group"];

const fieldName = z
  .string({ error: "must be text" })
  .check(
    z.regex(
      /^[a-z][a-z0-9_]{0,99}$/,
      "must be the variable name of a REDCap field: a small letter, then small letters, digits or underscores",
    ),
  );

function checkMap({ factors, targetField }: RedcapMap): readonly Issue[] {
  const fields = Object.entries(factors);
  return [
    ...fields.flatMap(([factor, { field, codes }]) => [
      ...(fieldName.safeParse(field).success && !OWN_TITLES.includes(field) && field !== targetField
        ? []
        : [
            mapFault(
              pathTo("factors", factor, "field"),
              `"${field}" cannot be the field of a stratum.`,
              "the variable name of a REDCap choice field, not the target",
            ),
          ]),
      ...(field === GROUP
        ? Object.entries(codes).flatMap(([level, code]) =>
            /^[1-9]\d*$/.test(code)
              ? []
              : [
                  mapFault(
                    pathTo("factors", factor, "codes", level),
                    "a data access group is given by its numeric id.",
                    "a whole number, such as 101",
                  ),
                ],
          )
        : []),
    ]),
    ...(fields.filter(([, { field }]) => field !== GROUP).length > MOST_STRATA
      ? [mapFault("factors", `REDCap takes at most ${MOST_STRATA} strata.`)]
      : []),
  ];
}

function columns(map: RedcapMap, plan: Plan): readonly TableColumn[] {
  const group: TableColumn[] = [];
  const strata: TableColumn[] = [];
  for (const { factor } of plan.strata) {
    const field = map.factors[factor]?.field ?? factor;
    (field === GROUP ? group : strata).push(factorColumn(field, factor, map, plan));
  }
  if (map.header === "before-14.7") {
    const target = map.target === "open" ? armColumn(map.targetField, map) : numberColumn(map.targetField);
    return [target, ...strata, ...group];
  }
  return [
    numberColumn("redcap_randomization_number"),
    armColumn("redcap_randomization_group", map),
    ...group,
    ...strata,
  ];
}

/** REDCap's allocation table, one for development (of a TEST list) and one for production (of a LIVE list). */
export const redcap: TableFormat<RedcapMap> = {
  id: "redcap",
  title: "REDCap",
  basis:
    "REDCap's randomization module 2.0 and the rules of its upload; checked here by those rules, not by a REDCap server",
  map: z.strictObject({
    to: z.literal("redcap"),
    target: z.enum(["open", "concealed"]),
    targetField: fieldName.check(
      z.refine((name) => name !== GROUP && !OWN_TITLES.includes(name), "must be a field of the project"),
    ),
    header: z.enum(["14.7", "before-14.7"]),
    ...commonFields,
  }),
  checkMap,
  tableName: (status) => (status === "LIVE" ? "redcap-production" : "redcap-development"),
  columns,
  template: [
    "target: TO-STATE # open (target is a choice field: it gets the code) or concealed (target is a text field: it gets the number)",
    "targetField: TO-STATE # variable name of the target field; from the project's randomization setup",
    'header: TO-STATE # "14.7" for REDCap 14.7 and later; before-14.7 for earlier ones (one target column)',
  ],
  armHint: "raw code of the choice, from the target field in the Online Designer; with a concealed target any code",
  factorHint:
    "field: variable name of the stratum, or redcap_data_access_group; codes: raw codes of its choices, or the numeric ids of the groups",
};
