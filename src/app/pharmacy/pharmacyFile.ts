import { foldId } from "../../foundation/index.js";
import type { OpenedFile } from "../view/files.js";

const FORMAT = "allocell-pharmacy-view-1";

/** What the unblinded pharmacy holds of a list, as `allocell view FOLDER --role pharmacy` writes it. UNBLINDED. */
export interface PharmacyFile {
  readonly name: string;
  readonly status: string;
  readonly trial: string;
  readonly part: string;
  /** The arm of each randomization number; numbers that differ in case alone are one. */
  readonly arms: ReadonlyMap<string, string>;
}

const isText = (value: unknown): value is string => typeof value === "string";

/** @throws Error for a file of another kind */
export function readPharmacyFile({ name, bytes }: OpenedFile): PharmacyFile {
  const { format, status, trial, part, rows } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  const isRead = format === FORMAT && isText(status) && isText(trial) && isText(part) && Array.isArray(rows);
  if (!isRead) throw new Error(`This is no view of the pharmacy: allocell view FOLDER --role pharmacy writes one.`);
  const pairs = rows.map((row: { readonly number?: unknown; readonly arm?: unknown }) => {
    if (!isText(row.number) || !isText(row.arm)) throw new Error("A row of this file has no number or no arm.");
    return [foldId(row.number), row.arm] as const;
  });
  return { name, status, trial, part, arms: new Map(pairs) };
}

export const armOf = ({ arms }: PharmacyFile, number: string): string | undefined => arms.get(foldId(number));
