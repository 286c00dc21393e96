import { requireString } from "../foundation/index.js";

/** What commands write about a list, beside its six files: how the name ends, and what it is. */
const COMPANIONS: readonly (readonly [ending: RegExp, what: string])[] = [
  [/^UNBLINDED\.regenerate\.(?:py|R)$/, "program that regenerates the list"],
  [/^commitment\.json$/, "commitment"],
  [/^UNBLINDED\.opening\.json$/, "opening of a commitment"],
  [/^UNBLINDED\.row-[A-Za-z0-9_-]+\.json$/, "proof of one row"],
  [/^envelopes\.json$/, "sealed rows"],
  [/^UNBLINDED\.key-cards\.jsonl$/, "keys of the sealed rows"],
  [/^UNBLINDED\.code-break-cards\.html$/, "code-break cards"],
  [/^UNBLINDED\.sealed\.age$/, "sealed file"],
  [/\.signature\.json(?:\.sig)?$/, "signature"],
];

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
  const { list, test, ending } =
    /^(?<list>[A-Za-z][A-Za-z0-9-]{0,39})\.(?<test>TEST\.)?(?<ending>.*)$/su.exec(name)?.groups ?? {};
  const what = COMPANIONS.find(([form]) => form.test(ending ?? ""))?.[1];
  if (list === undefined || what === undefined) return undefined;
  return { list, status: test === undefined ? "LIVE" : "TEST", what };
}
