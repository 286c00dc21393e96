/** A point of a figure in the units of its axes. */
export type At = readonly [x: number, y: number];

/** A sign of a point. */
export type Sign = "circle" | "square" | "triangle" | "diamond" | "cross";

/** How a line is drawn: its grey, its width in pixels, and its dashes. */
export interface Stroke {
  readonly stroke: string;
  readonly width: number;
  readonly dash?: readonly number[];
}

/** One thing that a figure draws. Amounts are in the units of the axes; radius, shifts and sizes in pixels. */
export type Mark =
  | { readonly kind: "area"; readonly low: readonly At[]; readonly high: readonly At[]; readonly fill: string }
  | ({ readonly kind: "line"; readonly points: readonly At[] } & Stroke)
  | { readonly kind: "cell"; readonly from: At; readonly to: At; readonly fill: string }
  | { readonly kind: "sign"; readonly at: At; readonly sign: Sign; readonly radius: number; readonly fill: string }
  | {
      readonly kind: "text";
      readonly at: At;
      readonly shift?: At;
      readonly text: string;
      readonly size: number;
      readonly isBold?: boolean;
      /** Where the text stands against its point; the middle where nothing is said. */
      readonly anchor?: "start";
    };

/** An axis: the values at its beginning (left, or bottom) and end, and where a value is written. */
export interface Axis {
  readonly title?: string;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  readonly hasGrid?: boolean;
}

/** What a legend explains. */
export interface LegendEntry {
  readonly label: string;
  readonly show: { readonly fill: string } | Stroke | { readonly sign: Sign };
}

/** A figure before it is drawn: everything but the pixels around it. */
export interface Figure {
  /** Of the field between the axes, pixels. */
  readonly width: number;
  readonly height: number;
  /** A line below the title, where signs need to be explained. */
  readonly subtitle?: string;
  readonly x: Axis;
  readonly y: Axis;
  /** Room at the right of the field for what stands there, pixels. */
  readonly right?: number;
  /** Later ones cover earlier ones. */
  readonly marks: readonly Mark[];
  readonly legend?: readonly LegendEntry[];
}

const STEPS = [1, 2, 5, 10];

/**
 * Round values from the first one at or above `from` to the last at or below `to`, about `count` of them.
 *
 * @param least - the least step, such as 1 for participants
 */
export function roundTicks(from: number, to: number, count: number, least = 0): Axis["ticks"] {
  const rough = Math.max((to - from) / count, least, Number.MIN_VALUE);
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((factor) => factor * unit >= rough * (1 - 1e-9)) ?? 10) * unit;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const at = (first + i) * step;
    return {
      at,
      label: at
        .toFixed(decimals)
        .replace(/^-(?=0(?:\.0*)?$)/u, "")
        .replace("-", "−"),
    };
  });
}

/** An axis from 0, or below, up to a round value above all of the values. */
export function roundAxis(values: readonly number[], count: number, least = 0): Pick<Axis, "from" | "to" | "ticks"> {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const ticks = roundTicks(low, high === low ? low + 1 : high, count, least);
  const step = ticks.length > 1 ? (ticks[1]?.at ?? 0) - (ticks[0]?.at ?? 0) : Math.max(1, high - low);
  const from = Math.floor(low / step + 1e-9) * step;
  const to = Math.max(Math.ceil(high / step - 1e-9) * step, from + step);
  return { from, to, ticks: roundTicks(from, to, (to - from) / step, least) };
}

/** Numbers of a level each as they stand in a row of categories. */
export const bandTicks = (labels: readonly string[]): Axis["ticks"] => labels.map((label, at) => ({ at, label }));
