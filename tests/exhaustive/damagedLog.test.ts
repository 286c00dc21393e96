import { describe, expect, it } from "vitest";
import { assignNext, endIssues, openListLog, readLog, toLogLine, type ReadLog } from "../../src/allocation/index.js";
import { readOn } from "../../src/allocation/readLog.js";
import { AllocellError } from "../../src/foundation/index.js";
import { readLogBytes } from "../../src/store/disk/index.js";
import { blindedShape, openDesk } from "../support/conductDesk.js";

// Nine events, the first of which opens the list; a name of more than one byte a letter is in each.
const desk = openDesk(openListLog(blindedShape(1, 9)));
for (let i = 1; i <= 8; i += 1) {
  desk.add(assignNext(desk.state, { participant: `Ø-${i}`, stratum: { site: "01", sex: "F" } }));
}
const lines = desk.events.map((event) => Buffer.from(toLogLine(event), "utf8"));
const whole = Buffer.concat(lines);
/** The byte behind each event: that of its line end. */
const ends = lines.map((_, i) => Buffer.concat(lines.slice(0, i + 1)).length - 1);
const [lineEnd8 = 0, lineEnd9 = 0] = ends.slice(-2);

/** One damage at a byte; a truncation says how many events it leaves, since nothing else can. */
interface Damage {
  readonly change: (bytes: Buffer) => Buffer;
  readonly keeps?: number;
}
const flip = (at: number, bit: number): Damage => ({
  change: (bytes) => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ (1 << bit);
    return copy;
  },
});
const remove = (at: number): Damage => ({
  change: (bytes) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]),
});
const insert = (at: number, byte: number): Damage => ({
  change: (bytes) => Buffer.concat([bytes.subarray(0, at), Buffer.of(byte), bytes.subarray(at)]),
});
const truncate = (at: number): Damage => ({
  change: (bytes) => bytes.subarray(0, at),
  keeps: ends.filter((end) => end <= at).length,
});
const BITS = [0, 1, 2, 3, 4, 5, 6, 7];
const BYTES = Array.from({ length: 256 }, (_, byte) => byte);
/** Zero, a line feed, a space, a digit, a quotation mark, a closing brace, half a letter, no letter. */
const SENSIBLE = [0x00, 0x0a, 0x20, 0x30, 0x22, 0x7d, 0xc3, 0xff];

/** The log as it is read up to each of its events, so that only what is damaged is read again. */
const readTo = lines.map((_, i) => readLog(Buffer.concat(lines.slice(0, i)).toString("utf8")));

/** How many events a damaged log opens with, or undefined where it is refused. */
function opened(bytes: Buffer): number | undefined {
  let same = 0;
  while (same < bytes.length && bytes[same] === whole[same]) same += 1;
  const before = Math.max(0, Math.min(8, ends.filter((end) => end < same).length - 1));
  const start = before === 0 ? 0 : (ends[before - 1] ?? 0) + 1;
  try {
    const { log, end } = readLogBytes(bytes.subarray(start), "log", (text) => readOn(readTo[before] as ReadLog, text));
    const isPrefix = log.events.every(({ hash }, i) => hash === desk.events[i]?.hash);
    // What the next append leaves standing is these events, byte by byte, perhaps without the last line end.
    const kept = Buffer.concat(lines.slice(0, log.events.length));
    const isKept = [0, 1].some((lineEnd) =>
      kept.subarray(start, kept.length - lineEnd).equals(bytes.subarray(start, start + end)),
    );
    return isPrefix && isKept ? log.events.length : -1;
  } catch (error) {
    if (AllocellError.is(error)) return undefined;
    throw error;
  }
}

/** The damaged logs that open with anything but what was answered. */
function lost(damages: Iterable<readonly Damage[]>): readonly string[] {
  const found: string[] = [];
  for (const damage of damages) {
    let bytes: Buffer = whole;
    for (const { change } of damage) bytes = change(bytes);
    const events = opened(bytes);
    const keeps = Math.min(...damage.map(({ keeps: left }) => left ?? 9));
    if (events !== undefined && events !== keeps) {
      found.push(`${events} of ${keeps}: ${JSON.stringify(String(bytes.subarray(lineEnd8)))}`);
    }
  }
  return found.slice(0, 5);
}

/** Every damage at a byte and just behind it. */
function damagesAt(at: number, inserted: readonly number[]): readonly Damage[] {
  return [
    ...BITS.map((bit) => flip(at, bit)),
    remove(at),
    ...[at, at + 1].flatMap((place) => inserted.map((byte) => insert(place, byte))),
    truncate(at),
    truncate(at + 1),
  ];
}

describe("a log of nine events", { tags: ["LOG-001", "LOG-003"] }, () => {
  it("with one bit flipped, or one byte missing, is refused or opens with all of them", () => {
    const single = Array.from(whole, (_, at) => [...BITS.map((bit) => flip(at, bit)), remove(at)]).flat();
    expect(lost(single.map((damage) => [damage]))).toEqual([]);
  });

  it("with one byte more is refused or opens with all of them", () => {
    const single = Array.from(whole, (_, at) => SENSIBLE.map((byte) => insert(at, byte))).flat();
    expect(
      lost([...single, ...damagesAt(lineEnd8, BYTES), ...damagesAt(lineEnd9, BYTES)].map((damage) => [damage])),
    ).toEqual([]);
  });

  it("that was cut off opens with every event that is whole", () => {
    expect(lost(Array.from(whole, (_, at) => [truncate(at)]))).toEqual([]);
  });

  it("with two damages in its last two line ends is refused or opens with all that is left", () => {
    // The later one first, so that the place of the other stays what it is.
    const damages = [lineEnd9, lineEnd8].map((at) => damagesAt(at, SENSIBLE));
    const [last = [], before = []] = damages;
    function* pairs(): Generator<readonly Damage[]> {
      for (const one of last) for (const other of [...last, ...before]) yield [one, other];
      for (const one of before) for (const other of before) yield [one, other];
      for (const one of damagesAt(lineEnd9, [0, 0x0a])) for (const byte of BYTES) yield [one, insert(lineEnd9, byte)];
    }
    expect(lost(pairs())).toEqual([]);
  });
});

describe("behind the last event", { tags: ["LOG-001", "LOG-003"] }, () => {
  const text = desk.text();
  const before = text.slice(0, -1);
  it.each([
    ["line-end-missing", before],
    ["line-end-zero-filled", `${before}\0`],
    ["line-end-zero-filled", `${before}${"\0".repeat(4096)}`],
    ["line-end-damaged", `${before}\u000b`],
    ["unfinished", `${text}\0\0`],
    ["unfinished", `${text}{"actor":"N. B\0\0`],
  ] as const)("%s is told, and all nine count", (end, damaged) => {
    const log = readLog(damaged);
    expect([log.end, log.events.length]).toEqual([end, 9]);
    expect(endIssues(log)).toMatchObject([{ code: `conduct.${end.replaceAll("-", "_")}`, path: "lines.10" }]);
  });

  it("two events without their line ends are refused, so that neither is lost", () => {
    expect(opened(Buffer.from(text.replace(/\n([^\n]*)\n$/, "*$1*")))).toBeUndefined();
  });

  it("a damaged event without its line end is refused: it may have been answered", () => {
    const start = lineEnd8 + 1;
    for (let at = start; at < lineEnd9; at += 1) {
      for (const bit of BITS) {
        const events = opened(flip(lineEnd9, 1).change(flip(at, bit).change(whole)));
        expect([undefined, 9], `byte ${at - start}, bit ${bit}`).toContain(events);
      }
    }
  });
});
