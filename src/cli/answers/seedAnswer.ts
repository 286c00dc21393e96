import type { Language } from "../../report/index.js";
import { sayIn, type Texts } from "./say.js";

const TEXTS = {
  secret: {
    en: "This is the secret of one live randomization list. Whoever has it and the plan has the list.",
    zh: "这是一份正式随机分配表的秘密。持有它和随机化方案的人即持有随机分配表。",
  },
  putInFile: {
    en: "Put it into a file that only you can read; the list command takes no seed on the command line.",
    zh: "请放入只有您能读取的文件；list 命令不在命令行中接受种子。",
  },
  onlyYou: { en: "Only you can read this file. Leave it so.", zh: "该文件只有您能读取，请保持不变。" },
  keep: {
    en: "Keep it with the unblinded records, never with the trial team, in an e-mail or in a shared folder.",
    zh: "与非盲记录一同保存，绝不交给试验团队，不放入电子邮件或共享文件夹。",
  },
  copy: {
    en: "Keep a second copy elsewhere: without it the list cannot be verified.",
    zh: "另处保存第二份：没有它就无法核实随机分配表。",
  },
  newSeed: { en: "A new list gets a new seed.", zh: "新的随机分配表用新的种子。" },
  next: { en: "Next: {command}", zh: "下一步：{command}" },
} as const satisfies Texts;

/** What is to be done with a seed. */
export function seedAdviceText(file: string | undefined, language: Language): string {
  const say = sayIn(TEXTS, language);
  return [
    say("secret"),
    ...[say(file === undefined ? "putInFile" : "onlyYou"), say("keep"), say("copy"), say("newSeed")].map(
      (line) => `  - ${line}`,
    ),
    say("next", { command: `allocell list PLAN.yaml --seed-file ${file ?? "FILE"}` }),
    "",
  ].join("\n");
}
