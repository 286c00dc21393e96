import type { Issue } from "../../foundation/index.js";
import { sayIn, type Texts } from "./say.js";
import type { Speech } from "./speech.js";

const TEXTS = {
  committed: {
    en: "{file} (shows nothing of the list: publish it before the first participant)",
    zh: "{file}（不透露随机分配表的任何内容：请在首例受试者之前公布）",
  },
  commitment: { en: "commitment  {text}", zh: "承诺值  {text}" },
  root: { en: "root        {text}", zh: "树根    {text}" },
  keepManifest: {
    en: "Keep the unblinded manifest: its key alone opens the commitment.",
    zh: "请保存非盲清单文件：只有其中的密钥能揭示承诺。",
  },
  keep: { en: "Keep the seed: it alone opens the commitment.", zh: "请保存随机种子：只有它能揭示承诺。" },
  proven: {
    en: "PROVEN: {status} list {list} in {file} is the one that was committed to.",
    zh: "证明成立：{file} 中的 {status} 随机分配表 {list} 就是当时所承诺的。",
  },
  notProven: {
    en: "NOT PROVEN: this is not what was committed to as {status} list {list}.",
    zh: "证明不成立：这不是当时作为 {status} 随机分配表 {list} 所承诺的。",
  },
  issue: { en: "{code}: {message}", zh: "{code}：{message}" },
  rowProven: {
    en: "PROVEN: this row belongs to {status} list {list} (UNBLINDED for this row)",
    zh: "证明成立：该行属于 {status} 随机分配表 {list}（该行为非盲）",
  },
  rowNotProven: {
    en: "NOT PROVEN: this row does not belong to what was committed to as {status} list {list}.",
    zh: "证明不成立：该行不属于当时作为 {status} 随机分配表 {list} 所承诺的内容。",
  },
} as const satisfies Texts;

interface OfList {
  readonly list: string;
  readonly status: string;
}

/** A commitment that was made. */
export function commitmentText(
  file: string,
  { commitment, root }: { readonly commitment: string; readonly root?: string },
  opener: "seed" | "manifest",
  { language }: Speech,
): string {
  const say = sayIn(TEXTS, language);
  return [
    say("committed", { file }),
    `  ${say("commitment", { text: commitment })}`,
    ...(root === undefined ? [] : [`  ${say("root", { text: root })}`]),
    say(opener === "seed" ? "keep" : "keepManifest"),
    "",
  ].join("\n");
}

/** Whether an opening is that of a commitment. */
export function openingText(
  { list, status }: OfList,
  file: string,
  proven: boolean,
  issues: readonly Issue[],
  speech: Speech,
): string {
  const say = sayIn(TEXTS, speech.language);
  const lines = proven
    ? [say("proven", { status, list, file })]
    : [
        say("notProven", { status, list }),
        ...issues.map((issue) => `  ${say("issue", { code: issue.code, message: speech.issue(issue) })}`),
      ];
  return `${lines.join("\n")}\n`;
}

/** Whether a row belongs to a committed list. */
export function rowProofText(
  { list, status }: OfList,
  row: string,
  file: string,
  proven: boolean,
  { language }: Speech,
): string {
  const say = sayIn(TEXTS, language);
  return proven
    ? `${say("rowProven", { status, list })}\n  ${row}\n  ${file}\n`
    : `${say("rowNotProven", { status, list })}\n`;
}
