import { deepFreeze, foldId, requireEach, type Issue, type PlainCode } from "../../foundation/index.js";
import type { BlindedKitList } from "./kitList.js";

/**
 * Faults between the kit lists of one study, TEST lists included: two lists of one id, two live or two test lists with
 * one prefix, and codes that occur twice. Lists with different prefixes have no code in common.
 */
export function checkKitLists(lists: readonly BlindedKitList[]): readonly Issue[] {
  requireEach(lists, "a blinded kit list", { list: "text", status: "text", kits: "a list" });
  const issues: Issue[] = [];
  const fault = (code: PlainCode, i: number, message: string): unknown => issues.push({ code, path: `${i}`, message });
  const owner = new Map<string, string>();
  lists.forEach(({ list, status, kits }, i) => {
    const isSame = (other: BlindedKitList): boolean => other.list === list && other.status === status;
    if (lists.findIndex(isSame) !== i) fault("blinding.kit_list_repeated", i, `Kit list ${list} stands twice.`);
    const starts = new Set(kits.map(({ code }) => code.slice(0, -7)));
    for (const start of starts) {
      const other = owner.get(start);
      if (other !== undefined) fault("blinding.kit_prefix_shared", i, `Kit lists ${other} and ${list} share a prefix.`);
      owner.set(start, list);
    }
  });
  const seen = new Set<string>();
  lists.forEach(({ list, kits }, i) => {
    for (const { code } of kits) {
      if (seen.has(foldId(code)))
        fault("blinding.kit_code_repeated", i, `A code of kit list ${list} occurs twice in the study.`);
      seen.add(foldId(code));
    }
  });
  return deepFreeze(issues);
}
