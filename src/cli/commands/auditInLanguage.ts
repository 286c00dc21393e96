import type { Io } from "../io.js";
import { audit, type AuditOptions } from "./audit.js";

/** `allocell audit` in the language of the answer: the Chinese is loaded for those alone who read it. */
export async function auditInLanguage(io: Io, path: string, options: AuditOptions): Promise<number> {
  if (options.json === true || io.language !== "zh") return audit(io, path, options);
  const { AUDIT_IN_CHINESE } = await import("../chinese/auditTexts.js");
  return audit(io, path, options, AUDIT_IN_CHINESE);
}
