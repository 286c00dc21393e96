import type { Language } from "../../report/index.js";
import type { SignatureFault } from "../signing/judgeSignature.js";
import { NAMESPACE } from "../signing/sshsig.js";
import { sayIn, type Say, type Texts } from "./say.js";

const TEXTS = {
  prepared: { en: "{out} (SHA-256 {sha256})", zh: "{out}（SHA-256 {sha256}）" },
  hash: { en: "  {file} has the SHA-256 {sha256}", zh: "  {file} 的 SHA-256 为 {sha256}" },
  toSign: {
    en: "Sign the statement, so that its signature comes into {out}.sig:",
    zh: "请签署该声明，使其签名写入 {out}.sig：",
  },
  command: { en: "  {command}", zh: "  {command}" },
  signed: {
    en: "{file} is signed: {meaning}, by {name}, {at}",
    zh: "{file} 已签名：{meaning}，签名人 {name}，{at}",
  },
  statement: { en: "  {out}  what was signed", zh: "  {out}  所签内容" },
  signature: {
    en: "  {out}.sig  the signature, by the key {key}",
    zh: "  {out}.sig  签名，所用密钥 {key}",
  },
  check: { en: "Check it: {command}", zh: "核对签名：{command}" },
  isSigned: {
    en: "SIGNED: {file} is as it was when it was signed.",
    zh: "签名有效：{file} 与签名时相同。",
  },
  notSigned: {
    en: "NOT SIGNED: what follows proves nothing of {file}.",
    zh: "签名无效：以下内容不能证明 {file} 的任何事项。",
  },
  signer: { en: "  signer   {signer}{key}", zh: "  签名人  {signer}{key}" },
  key: { en: " (key {key})", zh: "（密钥 {key}）" },
  notProven: { en: "not proven", zh: "未证明" },
  name: { en: "  name     {name}", zh: "  姓名    {name}" },
  meaning: { en: "  meaning  {meaning}", zh: "  含义    {meaning}" },
  at: { en: "  at       {at}, as the signer's machine said", zh: "  时间    {at}，以签名人计算机的时钟为准" },
  unreadable: { en: "This is no SSH signature that can be read.", zh: "这不是可以读取的 SSH 签名。" },
  otherKind: {
    en: "Signatures of the kind {kind} are not verified here: ssh-keygen -Y verify does it.",
    zh: "此处不验证 {kind} 类型的签名：请用 `ssh-keygen -Y verify` 验证。",
  },
  otherNamespace: {
    en: 'It was made for "{namespace}", not for "{wanted}".',
    zh: "该签名用于 {namespace}，而非 {wanted}。",
  },
  changed: {
    en: "The statement or its signature was changed: they do not fit.",
    zh: "声明或其签名被改动：两者不符。",
  },
  unknownKey: { en: "The key is not that of an allowed signer.", zh: "该密钥不属于任何允许的签名人。" },
  refused: { en: "The allowed signers refuse it: {why}.", zh: "允许的签名人名单不接受该签名：{inChinese}。" },
  otherFile: {
    en: "{file} is not the file that was signed: its SHA-256 is {sha256}, and that of the statement {signed}.",
    zh: "{file} 不是当时所签的文件：其 SHA-256 为 {sha256}，声明所载为 {signed}。",
  },
  otherName: {
    en: "The file was called {name} when it was signed.",
    zh: "签名时该文件名为 {name}。",
  },
} as const satisfies Texts;

/** A sentence about a signature by its key, with what it names. Programs read it in English. */
export type SignatureRemark = readonly [key: keyof typeof TEXTS, values?: Readonly<Record<string, string>>];

/** What is against a signature, in words. */
export function faultRemark({ fault, detail, detailZh = detail }: SignatureFault): SignatureRemark {
  switch (fault) {
    case "unreadable":
      return ["unreadable"];
    case "kind":
      return ["otherKind", { kind: detail }];
    case "namespace":
      return ["otherNamespace", { namespace: detail, wanted: NAMESPACE }];
    case "changed":
      return ["changed"];
    case "unknown":
      return ["unknownKey"];
    case "refused":
      return ["refused", { why: detail, inChinese: detailZh }];
  }
}

/** What says the answers of `sign` and `verify-signature` in a language. */
export const signatureWords = (language: Language): Say<typeof TEXTS> => sayIn(TEXTS, language);
