import { textWidth, boldTextWidth } from "../page/textWidth.js";
import { requireFields } from "../../foundation/index.js";
import type { At, Axis, Figure, LegendEntry, Mark, Sign, Stroke } from "./figure.js";
import type { Plot } from "./plot.js";

/** Fonts that a printer's office has; the last is generic. */
const FONT = "Liberation Sans, Arial, Helvetica, Noto Sans CJK SC, WenQuanYi Micro Hei, Microsoft YaHei, sans-serif";
const [TITLE_SIZE, TEXT_SIZE, PADDING, TICK, GAP] = [14, 12, 8, 5, 8];
const LEGEND_LINE = 20;
const SWATCH = 30;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A length in pixels with at most three decimals. */
const px = (value: number): string => String(Math.round(value * 1000) / 1000 + 0);

type Attributes = Readonly<Record<string, string | number | undefined>>;

function tag(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === "number" ? px(value) : escaped(value)}"`],
  );
  return content === "" ? `<${name}${written.join("")}/>` : `<${name}${written.join("")}>${content}</${name}>`;
}

const strokeOf = ({ stroke, width, dash }: Stroke): Attributes => ({
  stroke,
  "stroke-width": width,
  "stroke-dasharray": dash?.join(" "),
  fill: "none",
});

/** Where a value stands in pixels. */
type Scale = (value: number) => number;
interface Scales {
  readonly x: Scale;
  readonly y: Scale;
}

const path = (points: readonly At[], { x, y }: Scales): string =>
  points.map(([right, up]) => `${px(x(right))},${px(y(up))}`).join("L");

/** The outline of a sign around the origin. All of them are as large to the eye. */
function signPath(sign: Sign, radius: number): string {
  const [a, b] = [radius * 0.886, radius * 0.3];
  switch (sign) {
    case "circle":
      return `M${px(radius)},0A${px(radius)},${px(radius)},0,1,1,${px(-radius)},0A${px(radius)},${px(radius)},0,1,1,${px(radius)},0Z`;
    case "square":
      return `M${px(-a)},${px(-a)}H${px(a)}V${px(a)}H${px(-a)}Z`;
    case "triangle":
      return `M0,${px(-radius * 1.2)}L${px(radius * 1.05)},${px(radius * 0.7)}H${px(-radius * 1.05)}Z`;
    case "diamond":
      return `M0,${px(-radius * 1.3)}L${px(radius)},0L0,${px(radius * 1.3)}L${px(-radius)},0Z`;
    case "cross":
      return `M${px(-radius)},${px(-b)}H${px(-b)}V${px(-radius)}H${px(b)}V${px(-b)}H${px(radius)}V${px(b)}H${px(b)}V${px(radius)}H${px(-b)}V${px(b)}H${px(-radius)}Z`;
  }
}

function drawn(mark: Mark, scales: Scales): string {
  const { x, y } = scales;
  switch (mark.kind) {
    case "area": {
      const d = `M${path([...mark.high, ...[...mark.low].reverse()], scales)}Z`;
      return tag("path", { class: "area", d, fill: mark.fill, stroke: "#777", "stroke-width": 0.5 });
    }
    case "line":
      return tag("path", { class: "line", d: `M${path(mark.points, scales)}`, ...strokeOf(mark) });
    case "cell": {
      const [[left, bottom], [right, top]] = [mark.from, mark.to];
      const size = { width: x(right) - x(left), height: y(bottom) - y(top) };
      return tag("rect", {
        class: "cell",
        x: x(left),
        y: y(top),
        ...size,
        fill: mark.fill,
        stroke: "#000",
        "stroke-width": 0.5,
      });
    }
    case "sign": {
      const transform = `translate(${px(x(mark.at[0]))},${px(y(mark.at[1]))})`;
      const d = signPath(mark.sign, mark.radius);
      return tag("path", { class: "sign", transform, d, fill: mark.fill, stroke: "#000" });
    }
    case "text": {
      const [right, down] = mark.shift ?? [0, 0];
      const place = { x: x(mark.at[0]) + right, y: y(mark.at[1]) + down + mark.size * 0.35 };
      const look = { "font-size": mark.size, "font-weight": mark.isBold === true ? "bold" : undefined };
      const anchor = mark.anchor === "start" ? undefined : "middle";
      return tag("text", { class: "label", ...place, ...look, "text-anchor": anchor }, escaped(mark.text));
    }
  }
}

/** The horizontal axis at the lower edge of the field. */
function axisBelow({ title, ticks }: Axis, { width, height }: Figure, x: Scale): string {
  const marks = ticks.map(({ at, label }) => {
    const line = tag("path", { d: `M${px(x(at))},${px(height)}v${TICK}`, stroke: "#000" });
    return line + tag("text", { x: x(at), y: height + TICK + 13, "text-anchor": "middle" }, escaped(label));
  });
  const head =
    title === undefined ? "" : tag("text", { x: width / 2, y: height + 40, "text-anchor": "middle" }, escaped(title));
  return tag(
    "g",
    { class: "x" },
    `${tag("path", { d: `M0,${px(height)}H${px(width)}`, stroke: "#000" })}${marks.join("")}${head}`,
  );
}

const widest = ({ ticks }: Axis): number => Math.max(0, ...ticks.map(({ label }) => textWidth(label, TEXT_SIZE)));

/** The vertical axis at the left edge, and its grid. */
function axisBeside(axis: Axis, { width, height }: Figure, y: Scale): string {
  const { title, ticks, hasGrid } = axis;
  const marks = ticks.map(({ at, label }) => {
    const grid = hasGrid === true ? tag("path", { d: `M0,${px(y(at))}H${px(width)}`, stroke: "#e4e4e4" }) : "";
    const line = tag("path", { d: `M0,${px(y(at))}h${-TICK}`, stroke: "#000" });
    return grid + line + tag("text", { x: -TICK - 4, y: y(at) + 4, "text-anchor": "end" }, escaped(label));
  });
  const left = -TICK - 4 - widest(axis) - GAP;
  const head =
    title === undefined
      ? ""
      : tag(
          "text",
          { transform: `translate(${px(left)},${px(height / 2)})rotate(-90)`, "text-anchor": "middle" },
          escaped(title),
        );
  return tag(
    "g",
    { class: "y" },
    `${marks.join("")}${tag("path", { d: `M0,0V${px(height)}`, stroke: "#000" })}${head}`,
  );
}

function swatch({ show }: LegendEntry): string {
  if ("sign" in show) {
    return tag("path", {
      transform: `translate(${SWATCH / 2},0)`,
      d: signPath(show.sign, 5),
      fill: "#fff",
      stroke: "#000",
    });
  }
  if ("fill" in show) {
    return tag("rect", { x: 8, y: -6, width: 14, height: 12, fill: show.fill, stroke: "#777", "stroke-width": 0.5 });
  }
  return tag("path", { d: `M0,0H${SWATCH - 4}`, ...strokeOf(show) });
}

/** The entries from left to right, and on in another line where there is no room. */
function legendView(entries: readonly LegendEntry[], width: number, top: number): { drawn: string; height: number } {
  let [left, line] = [0, 0];
  const drawnEntries = entries.map((entry) => {
    const own = SWATCH + textWidth(entry.label, TEXT_SIZE);
    if (left > 0 && left + own > width) [left, line] = [0, line + 1];
    const place = `translate(${px(left)},${px(top + line * LEGEND_LINE)})`;
    left += own + 18;
    return tag("g", { transform: place }, swatch(entry) + tag("text", { x: SWATCH, y: 4 }, escaped(entry.label)));
  });
  const height = entries.length === 0 ? 0 : (line + 1) * LEGEND_LINE + 6;
  return { drawn: tag("g", { class: "legend" }, drawnEntries.join("")), height };
}

/**
 * Draws a picture as SVG: the same picture gives the same bytes on every machine, because lengths of texts come from a
 * table of widths. It holds its title and its caption for readers who do not see it, in black and greys, and runs nothing.
 *
 * @returns one `<svg>` element and a line end; sizes in pixels
 * @throws AllocellError `input.invalid` for what is no picture
 * @example
 * toPlotSvg(imbalancePlot(measures, ["A", "B"], "L1")).slice(0, 4); // "<svg"
 */
export function toPlotSvg(plot: Plot): string {
  requireFields(plot, "a picture", { title: "text", caption: "text" });
  requireFields(plot.figure, "the figure of a picture", { marks: "a list", x: "a map", y: "a map" });
  const { title, caption, figure } = plot;
  const { width, height, subtitle, x: axisX, y: axisY, right = 0, marks, legend = [] } = figure;
  const x: Scale = (value) => ((value - axisX.from) / (axisX.to - axisX.from)) * width;
  const y: Scale = (value) => height - ((value - axisY.from) / (axisY.to - axisY.from)) * height;
  const left = PADDING + TICK + 4 + widest(axisY) + (axisY.title === undefined ? 0 : GAP + TEXT_SIZE);
  const top = PADDING + TITLE_SIZE + 12 + (subtitle === undefined ? 0 : TEXT_SIZE + 5);
  const below = height + (axisX.title === undefined ? 24 : 48);
  const field = Math.max(
    width + right,
    boldTextWidth(title, TITLE_SIZE) - left + PADDING,
    textWidth(subtitle ?? "", TEXT_SIZE) - left + PADDING,
  );
  const explained = legendView(legend, field + left - PADDING, below + 14);
  const size = {
    width: Math.ceil(left + field + PADDING),
    height: Math.ceil(top + below + explained.height + PADDING),
  };
  const content = [
    `<title>${escaped(title)}</title><desc>${escaped(caption)}</desc>`,
    tag("rect", { width: size.width, height: size.height, fill: "#fff" }),
    tag(
      "text",
      { x: PADDING, y: PADDING + TITLE_SIZE, "font-size": TITLE_SIZE, "font-weight": "bold" },
      escaped(title),
    ),
    subtitle === undefined
      ? ""
      : tag("text", { x: PADDING, y: PADDING + TITLE_SIZE + TEXT_SIZE + 5 }, escaped(subtitle)),
    tag(
      "g",
      { transform: `translate(${px(left)},${px(top)})` },
      axisBeside(axisY, figure, y) + marks.map((mark) => drawn(mark, { x, y })).join("") + axisBelow(axisX, figure, x),
    ),
    legend.length === 0 ? "" : tag("g", { transform: `translate(${PADDING},${px(top)})` }, explained.drawn),
  ].join("");
  const head = `xmlns="http://www.w3.org/2000/svg" role="img" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}"`;
  return `<svg ${head} font-family="${FONT}" font-size="${TEXT_SIZE}">${content}</svg>\n`;
}
