import { fail } from "../../foundation/index.js";

/** The size of a label, how often it is printed, and on what. */
export interface LabelSize {
  /** mm, 50 to 210; 100 where nothing is said. */
  readonly widthMm?: number;
  /** mm, 30 to 297; 60 where nothing is said. */
  readonly heightMm?: number;
  /** Labels of the same text, 1 to 100; 1 where nothing is said. */
  readonly copies?: number;
  /** Dots per inch of the label printer; 203 where nothing is said. A module of the code is a whole number of its dots. */
  readonly printerDpi?: 203 | 300;
}

export interface RequiredSize {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly copies: number;
  /** Has no room for more than the short list of a small pack. */
  readonly isSmall: boolean;
  readonly moduleMm: number;
}

function requireWhole(value: number, least: number, most: number, path: string): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  return fail("report.label_invalid", path, `${path} is a whole number from ${least} to ${most}.`, {
    expected: `${least} to ${most}`,
    received: String(value),
  });
}

/** @throws AllocellError `report.label_invalid` */
export function requireLabelSize(size: LabelSize): RequiredSize {
  const widthMm = requireWhole(size.widthMm ?? 100, 50, 210, "widthMm");
  const heightMm = requireWhole(size.heightMm ?? 60, 30, 297, "heightMm");
  const copies = requireWhole(size.copies ?? 1, 1, 100, "copies");
  const dpi: number = size.printerDpi ?? 203;
  if (dpi !== 203 && dpi !== 300) {
    fail("report.label_invalid", "printerDpi", "A label printer has 203 or 300 dots per inch.", {
      expected: "203 or 300",
      received: String(dpi),
    });
  }
  const isSmall = widthMm < 80 || heightMm < 50;
  const dots = dpi === 203 ? 3 : isSmall ? 4 : 5;
  return { widthMm, heightMm, copies, isSmall, moduleMm: (dots * 25.4) / dpi };
}
