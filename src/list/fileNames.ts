import { requireString } from "../foundation/index.js";

/** What a command writes about a list, beside the files of its folder. */
interface Companion {
  /** How its name ends, after the list's id and TEST. */
  readonly ending: RegExp;
  readonly what: string;
  /** Whether it is written into the list's folder; absent: it is not. */
  readonly isInFolder?: true;
}

const COMPANIONS: readonly Companion[] = [
  { ending: /^UNBLINDED\.regenerate\.(?:py|R)$/, what: "program that regenerates the list", isInFolder: true },
  { ending: /^commitment\.json$/, what: "commitment" },
  { ending: /^UNBLINDED\.opening\.json$/, what: "opening of a commitment" },
  { ending: /^UNBLINDED\.row-[A-Za-z0-9_-]+\.json$/, what: "proof of one row" },
  { ending: /^envelopes\.json$/, what: "sealed rows" },
  { ending: /^UNBLINDED\.key-cards\.jsonl$/, what: "keys of the sealed rows" },
  { ending: /^UNBLINDED\.code-break-cards\.html$/, what: "code-break cards" },
  { ending: /^UNBLINDED\.sealed\.age$/, what: "sealed file" },
  { ending: /\.signature\.json(?:\.sig)?$/, what: "signature" },
];

/** A name of the form LIST[.TEST].ENDING in its parts; undefined of any other. */
export function partsOfFileName(
  name: string,
): { readonly list: string; readonly status: "LIVE" | "TEST"; readonly ending: string } | undefined {
  const { list, test, ending } =
    /^(?<list>[A-Za-z][A-Za-z0-9-]{0,39})\.(?<test>TEST\.)?(?<ending>.*)$/su.exec(name)?.groups ?? {};
  if (list === undefined || ending === undefined) return undefined;
  return { list, status: test === undefined ? "LIVE" : "TEST", ending };
}

/** Whether a file with this ending is written into the folder of a list by another command than the one that makes it. */
export const isFolderCompanion = (ending: string): boolean =>
  COMPANIONS.some(({ ending: form, isInFolder }) => isInFolder === true && form.test(ending));

/**
 * Of which list a file is that a command wrote about one, by its name; undefined for any other file, and for the files
 * of a list itself.
 *
 * @example companionOfFileName("SLE-01.TEST.commitment.json"); // { list: "SLE-01", status: "TEST", what: "commitment" }
 */
export function companionOfFileName(
  name: string,
): { readonly list: string; readonly status: "LIVE" | "TEST"; readonly what: string } | undefined {
  requireString(name, "name", "the name of a file");
  const parts = partsOfFileName(name);
  const what = COMPANIONS.find(({ ending }) => ending.test(parts?.ending ?? ""))?.what;
  if (parts === undefined || what === undefined) return undefined;
  const { list, status } = parts;
  return { list, status, what };
}
