import type { Issue } from "../../foundation/index.js";
import { type Fraction, ONE, over, readFraction, times } from "../../quantity/index.js";
import type { LotOrder } from "../preparation/model.js";
import type { Quantity } from "./hold.js";
import { rowForKind } from "./prescribedRows.js";
import { HELD, judge } from "./table.js";

const PER_ML = ["containerConcentration"];
const perMl = ({ content, fillMl }: LotOrder): Fraction => over(readFraction(content), readFraction(fillMl));
const factor = (text: string | undefined): Fraction => (text === undefined ? ONE : readFraction(text));

function quantitiesOf(lot: LotOrder, path: string, first: LotOrder): readonly Quantity[] {
  const { counted, fillMl, extractableMl, labelPerMl, measuredPerMl, content } = lot;
  const row = rowForKind(HELD, PER_ML, counted);
  const ofKind = (field: string, value: Fraction): readonly Quantity[] =>
    row === undefined ? [] : [{ row, path: `${path}.${field}`, value }];
  const labelled = times(readFraction(content), times(factor(lot.viability), factor(lot.purity)));
  return [
    {
      row: "extractableShare",
      path: `${path}.extractableMl`,
      value: over(readFraction(extractableMl), readFraction(fillMl)),
    },
    ...ofKind("content", perMl(lot)),
    ...(labelPerMl === undefined
      ? []
      : [
          ...ofKind("labelPerMl", readFraction(labelPerMl)),
          { row: "labelShare", path: `${path}.labelPerMl`, value: over(readFraction(labelPerMl), perMl(lot)) },
        ]),
    ...(measuredPerMl === undefined ? [] : ofKind("measuredPerMl", readFraction(measuredPerMl))),
    ...(measuredPerMl === undefined
      ? []
      : [
          {
            row: "measuredShare",
            path: `${path}.measuredPerMl`,
            value: over(times(readFraction(measuredPerMl), readFraction(fillMl)), labelled),
          },
        ]),
    { row: "lotsAgree", path: `${path}.content`, value: over(perMl(lot), perMl(first)) },
  ];
}

/** The values of a container against one another, and the lots of one kind against the first of them. */
export function judgeLots(lots: readonly LotOrder[]): readonly Issue[] {
  return lots.flatMap((lot, index) => {
    const first = lots.find(({ counted }) => counted === lot.counted) ?? lot;
    return quantitiesOf(lot, `lots.${index}`, first).flatMap((quantity) => judge(quantity));
  });
}
