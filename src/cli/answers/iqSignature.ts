import { SIGNATURE_FILE } from "../qualification/checkFiles.js";
import type { SumsSignature } from "../qualification/checkSignature.js";
import type { SignatureFault } from "../signing/judgeSignature.js";
import { RELEASE_NAMESPACE } from "../signing/sshsig.js";
import type { Texts } from "./say.js";

/** A text in both languages. */
export type TextOfRow = Texts[string];

const FAULTS: Readonly<Record<SignatureFault["fault"], (detail: string, inChinese: string) => TextOfRow>> = {
  unreadable: () => ({ en: "no SSH signature that can be read", zh: "无法读取的 SSH 签名" }),
  kind: (kind) => ({
    en: `one of the kind ${kind}, which ssh-keygen -Y verify checks`,
    zh: `类型为 ${kind} 的签名，须用 ssh-keygen -Y verify 核对`,
  }),
  namespace: (other) => ({
    en: `one made for "${other}", not for "${RELEASE_NAMESPACE}"`,
    zh: `用途为“${other}”而非“${RELEASE_NAMESPACE}”的签名`,
  }),
  changed: () => ({
    en: "the sums or their signature were changed: they do not fit",
    zh: "校验值文件或其签名已被更改：两者不符",
  }),
  unknown: () => ({ en: "a key that is not that of an allowed signer", zh: "不属于允许的签名人的密钥" }),
  refused: (why, inChinese) => ({
    en: `the allowed signers refuse it: ${why}`,
    zh: `允许的签名人名单不接受：${inChinese}`,
  }),
};

/** What is against the signature of the sums, or that there is none. */
export function signatureFaults(faults: readonly SignatureFault[]): TextOfRow {
  if (faults.length === 0) return { en: "none: this package is not signed", zh: "无：本软件包未签名" };
  const texts = faults.map(({ fault, detail, detailZh = detail }) => FAULTS[fault](detail, detailZh));
  return { en: texts.map(({ en }) => en).join("; "), zh: texts.map(({ zh }) => zh).join("；") };
}

/** What nobody has checked of the signature: no row, since nothing of it passes or fails. */
export function signatureFacts({ state, key = "" }: SumsSignature): readonly TextOfRow[] {
  if (state === "none") {
    return [
      {
        en: `This package is not signed: there is no ${SIGNATURE_FILE}. Its sums show damage, and not a person who changes a file and its sum.`,
        zh: `本软件包未签名：没有 ${SIGNATURE_FILE}。校验值可发现损坏，但不能发现同时更改文件及其校验值的人。`,
      },
    ];
  }
  if (state !== "not compared") return [];
  return [
    {
      en: `A signature is there, ${SIGNATURE_FILE}, by the key ${key}. It was not held against a key from elsewhere, so it proves nothing of who signed: give --signers FILE.`,
      zh: `有签名 ${SIGNATURE_FILE}，密钥 ${key}。未与从其他途径取得的密钥核对，不能证明由谁签署：请给出 --signers FILE。`,
    },
  ];
}
