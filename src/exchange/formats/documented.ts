import * as z from "zod/mini";
import { type Issue, pathTo } from "../../foundation/index.js";
import type { Plan } from "../../list/index.js";
import { commonFields, mapFault } from "../exportMap.js";
import type { ExportMap, TableFormat } from "../tableFormat.js";

/** What every format of a vendor says of itself: its columns are from documents, and no such system has read a file of ours. */
export function asDocumented(source: string): string {
  return `as documented, not certified: ${source}`;
}

/** Of a format whose map has nothing of its own. */
export function plainMap(id: string): Pick<TableFormat, "map" | "checkMap" | "template"> {
  return {
    map: z.strictObject({ to: z.literal(id), ...commonFields }),
    checkMap: () => [],
    template: [],
  };
}

/** Faults of codes that a system would read as another one, or not at all. */
export function checkCodes(map: ExportMap, pattern: RegExp, says: string): readonly Issue[] {
  return [
    ...Object.entries(map.arms).map(([arm, code]) => [pathTo("arms", arm), code] as const),
    ...Object.entries(map.factors).flatMap(([factor, { codes }]) =>
      Object.entries(codes).map(([level, code]) => [pathTo("factors", factor, "codes", level), code] as const),
    ),
  ].flatMap(([path, code]) => (pattern.test(code) ? [] : [mapFault(path, `code "${code}" ${says}`)]));
}

/** The factor whose field in the map is the one asked for, if there is one. */
export function factorWithField({ factors }: ExportMap, { strata }: Plan, field: string): string | undefined {
  return strata.map(({ factor }) => factor).find((factor) => factors[factor]?.field === field);
}
