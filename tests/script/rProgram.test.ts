/* One R program as a person starts it: good and damaged lists, seeds of every kind, and its parts by themselves. */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawList } from "../../src/list/generateList.js";
import { parsePlan } from "../../src/list/index.js";
import { Seed } from "../../src/random/index.js";
import { toCase } from "../support/randomPlan.js";
import { BLOCKS, isWithoutR, live, start, test, TEST_SEED, writeCase, type Answer } from "./rRun.js";

const isAbsent = isWithoutR("9 runs of one program and 2 of its parts");
const folder = mkdtempSync(join(tmpdir(), "allocell-r-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(isAbsent)("the R program, started by itself (skipped without Rscript)", { tags: ["REPRO-001"] }, () => {
  const good = { code: 0, output: "60 rows agree: this is TEST list DEMO-A.\n" };
  const lines = test.masterCsv.split("\r\n");
  let program = "";
  let csv = "";
  beforeAll(() => {
    ({ program, csv } = writeCase(folder, "own folder", test));
  });

  /** Runs against another file. */
  const against = (text: string | Buffer, seed = TEST_SEED): Answer => {
    const other = join(folder, "other.csv");
    writeFileSync(other, text);
    return start(program, [other], `${seed}\n`);
  };

  it("takes the seed from a file or standard input, and the list from beside itself or as it is told", () => {
    const seedFile = join(folder, "seed.txt");
    writeFileSync(seedFile, `${TEST_SEED}\r\n`);
    expect(start(program, ["--seed-file", seedFile], "")).toEqual(good);
    expect(start(program, [csv], TEST_SEED)).toEqual(good);
  });

  it("prints the list byte for byte", () => {
    expect(start(program, ["--write"], TEST_SEED)).toEqual({ code: 0, output: test.masterCsv });
  });

  it("shows an edited row, expected and found", () => {
    const arms = ["low", "medium", "high", "placebo"];
    const edited = lines.map((line, i) =>
      i === 7 ? line.replace(/[a-z]+$/, (arm) => arms[(arms.indexOf(arm) + 1) % 4]!) : line,
    );
    const { code, output } = against(edited.join("\r\n"));
    expect(code).toBe(1);
    // In the bare locale R writes a letter beyond ASCII as its code point.
    const inAscii = (line: string): string => line.replace("上海", "<U+4E0A><U+6D77>");
    expect(output).toContain(
      `Row 7 differs (line 8 of the file):\n  expected: ${inAscii(lines[7]!)}\n  found:    ${inAscii(edited[7]!)}\n6 of 60 rows agree`,
    );
  });

  it("shows where a list was cut off, grew, was sorted, or was changed in a byte that no text has", () => {
    const cut = against(`${lines.slice(0, 11).join("\r\n")}\r\n`);
    expect(cut.code).toBe(1);
    expect(cut.output).toMatch(/^Row 11 differs \(line 12 of the file\):\n {2}expected: .*\n {2}found: {4}\(the end/);
    const grown = against(`${test.masterCsv}one,more\r\n`);
    expect(grown.code).toBe(1);
    expect(grown.output).toContain("Row 61 differs (line 62 of the file):\n  expected: (the end of the file)");
    const [header = "", ...rest] = lines.slice(0, -1);
    const sorted = against(`${[header, ...rest.reverse()].join("\r\n")}\r\n`);
    expect(sorted.code).toBe(1);
    expect(sorted.output).toContain("the file was re-sorted");
    const bytes = Buffer.from(test.masterCsv);
    bytes[bytes.length - 3] = 0xff;
    bytes[bytes.length - 4] = 0;
    expect(against(bytes)).toMatchObject({ code: 1, output: expect.stringContaining("Row 60 differs") as string });
    expect(against("")).toMatchObject({ code: 1, output: expect.stringContaining("column names") as string });
  });

  it("says that rows agree where only line ends were changed, and that the file still differs", () => {
    const { code, output } = against(`\ufeff${test.masterCsv.replaceAll("\r\n", "\n")}`);
    expect(code).toBe(1);
    expect(output).toContain("The 60 rows agree, but line ends");
  });

  it("tells a wrong seed by its mark", () => {
    const { code, output } = against(test.masterCsv, "another seed TEST");
    expect(code).toBe(1);
    const { seedMark } = drawList(BLOCKS, Seed.test("another seed TEST")).unblindedRecord();
    expect(output).toContain(`The mark of the seed that you gave is ${seedMark}.`);
  });

  it("compares nothing without a seed or a list", () => {
    for (const [args, input, said] of [
      [[], "", "no seed was given"],
      [[], "\n", "a seed is needed"],
      [[], `${"ab".repeat(32)}-00000000\n`, "looks like a live seed"],
      [["missing.csv"], TEST_SEED, "there is no file missing.csv"],
      [["--seed-file", "missing.txt"], "", "there is no file missing.txt"],
      [["--seed", "x"], TEST_SEED, "it is started as"],
    ] as const) {
      expect(start(program, args, input)).toMatchObject({ code: 2, output: expect.stringContaining(said) as string });
    }
  });

  it("takes the text of a test seed as it comes, and says so", () => {
    const text = "Grai\u0301ne 种子 TEST";
    const own = writeCase(folder, "nfc", toCase(BLOCKS, Seed.test(text), text));
    const composed = start(own.program, [], `${text.normalize("NFC")}\n`);
    expect(composed.code).toBe(0);
    expect(composed.output).toContain("Note: the seed has characters beyond ASCII");
    expect(start(own.program, [], `${text}\n`).code).toBe(1);
  });

  it("takes a live seed in its form only, and catches a typing error", () => {
    const own = writeCase(folder, "live", live);
    expect(start(own.program, [], `  ${live.seedText.toUpperCase()}\r\n`)).toEqual({
      code: 0,
      output: "60 rows agree: this is LIVE list DEMO-A.\n",
    });
    const digit = live.seedText.startsWith("0") ? "1" : "0";
    const mistyped = start(own.program, [], `${digit}${live.seedText.slice(1)}\n`);
    expect(mistyped.code).toBe(2);
    expect(mistyped.output).toContain("check digits");
    expect(mistyped.output).not.toContain(live.seedText.slice(1, 64));
    expect(start(own.program, [], "a passphrase\n")).toMatchObject({ code: 2 });
  });
});

/** What the program answers on the published values of its parts, without a list. */
describe.skipIf(isAbsent)("the parts of an R program (skipped without Rscript)", { tags: ["REPRO-001"] }, () => {
  it("have the published values of SHA-256, HMAC, ARC4 and the stream of docs/algorithm.md", () => {
    const { program } = writeCase(folder, "parts", test);
    const asked = String.raw`
      own <- new.env(); own$commandArgs <- function(...) "none"; own$quit <- function(...) NULL
      suppressMessages(sys.source(commandArgs(TRUE)[1], envir = own))
      with(own, {
        cat(hex(sha256(bytes_of("abc"))), hex(sha256(numeric(0))), hex(sha256(bytes_of(strrep("a", 119)))), "\n")
        cat(hex(hmac(extracted(rep(11, 22)), 1)), "\n")
        key <- stream_key(extracted(bytes_of("${TEST_SEED}")), "allocation", c("site", "01"))
        next_word <- stream_of(key)
        cat(key, next_word(), next_word(), next_word(), next_word(), "\n")
      })`;
    const { output } = start("-e", [asked, program], "");
    expect(output.trim().split(/\s+/)).toEqual([
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      createHash("sha256").update("a".repeat(119)).digest("hex"),
      "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d", // RFC 5869, A.3
      "352986d25dd1a3e621a67267e090366e072b10664a1e1640ba4dc9a91c63dade",
      "1971090615",
      "2161672530",
      "3395977164",
      "383415992",
    ]);
  });

  it("add, multiply, divide and compare whole numbers of any size as bigints do", () => {
    const plan = parsePlan({ ...BLOCKS, procedure: { kind: "maximum-entropy", eta: "1/2" } });
    const { program } = writeCase(folder, "numbers", toCase(plan, Seed.test(TEST_SEED), TEST_SEED));
    const whole = fc
      .tuple(fc.bigInt({ min: 0n, max: 2n ** 53n }), fc.integer({ min: 0, max: 400 }))
      .chain(([n, bits]) =>
        // Long runs of zeros and ones make long carries.
        fc.constantFrom(n, n << BigInt(bits), (1n << BigInt(bits)) - 1n, (n << BigInt(bits)) + 1n),
      );
    const pairs = fc.sample(fc.tuple(whole, whole), 250);
    const digits = (n: bigint): string => n.toString(16).replace(/\B/g, " ");
    const file = join(folder, "pairs.txt");
    writeFileSync(file, pairs.flat().map(digits).join("\n"));
    const asked = String.raw`
      own <- new.env(); own$commandArgs <- function(...) "none"; own$quit <- function(...) NULL
      suppressMessages(sys.source(commandArgs(TRUE)[1], envir = own))
      own$file <- commandArgs(TRUE)[2]
      with(own, {
        read <- function(line) {
          value <- big(0)
          for (digit in strtoi(strsplit(line, " ")[[1]], 16)) value <- value * 16 + digit
          value
        }
        shown <- function(x) {
          bits <- as.vector(vapply(x$digits, function(digit) floor(digit / 2^(0:19)) %% 2, numeric(20)))
          bits <- matrix(c(bits, numeric((-length(bits)) %% 4)), nrow = 4)
          text <- sub("^0+", "", paste(rev(sprintf("%x", as.integer(colSums(bits * 2^(0:3))))), collapse = ""))
          paste0(if (x$sign < 0) "-", if (text == "") "0" else text)
        }
        numbers <- lapply(readLines(file, warn = FALSE), read)
        for (i in seq(1, length(numbers), 2)) {
          a <- numbers[[i]]
          b <- numbers[[i + 1]]
          cat(shown(a + b), shown(a - b), shown(a * b), a < b, a == b, "")
          cat(if (b > 0) c(shown(a %/% b), shown(a %% b)) else "none", "\n")
        }
      })`;
    const { output } = start("-e", [asked, program, file], "");
    const expected = pairs.map(([a, b]) =>
      [
        ...[a + b, a - b, a * b].map((n) => n.toString(16)),
        ...[a < b, a === b].map((is) => String(is).toUpperCase()),
        ...(b > 0n ? [a / b, a % b].map((n) => n.toString(16)) : ["none"]),
      ].join(" "),
    );
    expect(output.trim().split(/ *\n/)).toEqual(expected);
  });
});
