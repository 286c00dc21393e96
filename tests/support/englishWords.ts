/* What of a Chinese answer of the command is in English. */

/** Units, names and marks that Chinese has too. */
const KEPT: ReadonlySet<string> = new Set(
  (
    "allocell Rscript LIVE TEST UNBLINDED SHA REDCap Sealed Envelope Python python R CSV JSON YAML age DLT P p TO-STATE SE blinded FILE " +
    "FOLDER mL kg min cm g EU h d mg CAR CD TNC IEQ vg DMSO lo hi max mm nat"
  ).split(" "),
);

/** The English sentence below an error in Chinese, and what stands behind it. */
const ORIGINAL = /^ *英文原文 {2}.*(?:\n {8,}.*)*$/gmu;

/**
 * English words in a Chinese answer that nobody wrote: without commands to type, options, files, ids, codes, hashes and
 * what is the same in Chinese.
 *
 * @param own - words of the input, such as the names of people and arms
 */
export function englishWords(answer: string, own: readonly string[] = []): readonly string[] {
  const known = new Set([...KEPT, ...own]);
  const plain = answer
    .replace(ORIGINAL, " ")
    .replace(/\{"[^\n]*\}/gu, " ")
    .replace(/`[^`]*`|"[^"]*"/gu, " ")
    .replace(/(?:allocell|python3|Rscript) [\x20-\x7e]+/gu, " ")
    .replace(/docs\/\S+/gu, " ")
    .replace(/--[a-z-]+|[0-9a-f]{16,}|[\w-]+=\S*/gu, " ")
    .replace(/[\w/-]+(?:\.[\w-]+)+|\b[A-Za-z-]*\d[\w-]*/gu, " ");
  return [...plain.matchAll(/[A-Za-z][A-Za-z'-]*/gu)].map(([word]) => word).filter((word) => !known.has(word));
}
