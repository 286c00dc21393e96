import { textWidth } from "../page/textWidth.js";

/** A point of a picture with its label, in pixels; the vertical axis points down. */
export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Of the point's mark, pixels. */
  readonly radius: number;
}

/** Where a label goes: shifts from its point to the label's middle, in pixels. */
export interface LabelShift {
  readonly dx: number;
  readonly dy: number;
}

/** Height of a line, as a share of the font size. */
const LINE = 1.1;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Places labels beside their points so that they cover each other and the points as little as possible: each label in
 * turn takes, of places at growing distance around its point, the first that is free, or else the one that covers least.
 */
export function placeLabels(
  points: readonly LabelledPoint[],
  size: { readonly width: number; readonly height: number; readonly font: number },
): readonly LabelShift[] {
  const marks = points.map(({ x, y, radius }): Box => {
    return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
  });
  const placed: Box[] = [];
  return points.map(({ x, y, text, radius }) => {
    const half = { x: textWidth(text, size.font) / 2 + 1, y: (LINE * size.font) / 2 };
    let best: { cover: number; shift: LabelShift; box: Box } | undefined;
    for (const shift of shiftsAround(half, radius)) {
      const [middleX, middleY] = [x + shift.dx, y + shift.dy];
      const box = { left: middleX - half.x, right: middleX + half.x, top: middleY - half.y, bottom: middleY + half.y };
      const inside = common(box, { left: 0, right: size.width, top: 0, bottom: size.height });
      const area = 4 * half.x * half.y;
      const cover = [...marks, ...placed].reduce((sum, other) => sum + common(box, other), 0) + 4 * (area - inside);
      if (best === undefined || cover < best.cover - 1e-9) best = { cover, shift, box };
      if (best.cover < 1e-9) break;
    }
    if (best === undefined) return { dx: 0, dy: 0 };
    placed.push(best.box);
    return best.shift;
  });
}

/** Right, left, a little above or below these, above, below, the corners; then the same farther away. */
function shiftsAround(half: { readonly x: number; readonly y: number }, radius: number): readonly LabelShift[] {
  const DIRECTIONS = [
    [1, 0],
    [-1, 0],
    [1, -0.5],
    [1, 0.5],
    [-1, -0.5],
    [-1, 0.5],
    [0, -1],
    [0, 1],
    [1, -1],
    [1, 1],
    [-1, -1],
    [-1, 1],
  ] as const;
  return [3, 9, 17].flatMap((gap) =>
    DIRECTIONS.map(([right, down]) => {
      const near = Math.abs(right) === 1 && Math.abs(down) === 1 ? 0.6 : 1;
      return { dx: right * (half.x + (radius + gap) * near), dy: down * (half.y + (radius + gap) * near) };
    }),
  );
}

/** Area that two boxes share. */
function common(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}
