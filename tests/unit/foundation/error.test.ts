import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
  AllocellError,
  deepFreeze,
  describeReceived,
  fail,
  parseWith,
  throwIfAny,
} from "../../../src/foundation/index.js";
import { issueOf } from "../../support/issueOf.js";

const first = { code: "input.invalid", path: "a.0", message: "One is wrong.", expected: "x", received: "y" } as const;
const second = { code: "json.not_plain", path: "b", message: "Two is wrong." } as const;
const LIVE_LOOKING = "9f".repeat(32);

describe("the messages of parseWith", () => {
  const schema = z.strictObject({
    sizes: z.array(z.number()),
    names: z.optional(z.record(z.string(), z.string())),
    share: z.optional(z.union([z.string(), z.int()], { error: "must be a fraction as text" })),
    kind: z.optional(z.enum(["a", "b"])),
    plain: z.optional(z.union([z.string(), z.boolean()])),
  });
  it.each([
    [{}, 'it: "sizes": is missing; it must be a list (got nothing).'],
    [{ sizes: [1], names: null }, 'it: "names": must be a map (got null).'],
    [{ sizes: ["a"] }, 'it: "sizes.0": must be a number (got "a").'],
    [{ sizes: [1], kind: "c" }, 'it: "kind": must be one of a, b (got "c").'],
    [{ sizes: [1], share: 0.7 }, 'it: "share": must be a fraction as text (got number 0.7).'],
    [{ sizes: [1], plain: [] }, 'it: "plain": must be text (got a list of 0).'],
  ])("say of %j what is wrong in a reader's words", (input, message) => {
    expect(issueOf(() => parseWith(schema, input, "input.invalid", "it")).message).toBe(message);
  });
});

describe("AllocellError", () => {
  it("carries every issue, and the first one as its own fields", () => {
    const error = new AllocellError([first, second]);
    expect(error).toMatchObject({ code: "input.invalid", path: "a.0", expected: "x", received: "y" });
    expect(error.message).toBe("One is wrong. (and 1 more)");
    expect(error.issues).toEqual([first, second]);
    expect(Object.isFrozen(error.issues)).toBe(true);
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: "AllocellError",
      code: "input.invalid",
      message: "One is wrong. (and 1 more)",
      issues: [
        { ...first, keys: ["a", "0"] },
        { ...second, keys: ["b"] },
      ],
    });
  });

  it("is recognised by its mark, also in another copy of the class, and nothing else is", () => {
    expect(AllocellError.is(new AllocellError(second))).toBe(true);
    const copy = Object.defineProperty(new Error("from the other copy"), Symbol.for("allocell/AllocellError"), {
      value: true,
    });
    expect(AllocellError.is(copy)).toBe(true);
    for (const other of [new Error("x"), null, undefined, "AllocellError", { name: "AllocellError" }]) {
      expect(AllocellError.is(other)).toBe(false);
    }
  });

  it("is thrown by fail with one issue, and by throwIfAny with all or not at all", () => {
    expect(issueOf(() => fail("json.not_plain", "p", "Wrong.", { received: "1" }))).toEqual({
      code: "json.not_plain",
      path: "p",
      message: "Wrong.",
      received: "1",
    });
    expect(() => {
      throwIfAny([]);
    }).not.toThrow();
    expect(
      issueOf(() => {
        throwIfAny([second, first]);
      }),
    ).toEqual(second);
  });
});

describe("describeReceived", () => {
  it.each([
    ["text", '"text"'],
    ["1", '"1"'],
    ["x".repeat(61), `"${"x".repeat(57)}..."`],
    [1.5, "number 1.5"],
    [NaN, "number NaN"],
    [2n, "bigint 2"],
    [true, "boolean true"],
    [undefined, "nothing"],
    [null, "null"],
    [[1, 2], "a list of 2"],
    [{ secret: 1 }, "a map"],
    [() => 1, "function"],
  ])("shows %o shortly", (value, text) => {
    expect(describeReceived(value)).toBe(text);
  });

  it("never repeats what looks like a live seed", () => {
    for (const text of [LIVE_LOOKING, `seed: ${LIVE_LOOKING.toUpperCase()}-12345678`, "a".repeat(40)]) {
      expect(describeReceived(text)).not.toMatch(/[0-9a-f]{8}/i);
    }
  });
});

describe("deepFreeze", () => {
  it("freezes lists and maps all the way down and leaves instances alone", () => {
    const bytes = new Uint8Array(2);
    const data = deepFreeze({ a: [{ b: 1 }], bytes });
    expect(Object.isFrozen(data) && Object.isFrozen(data.a) && Object.isFrozen(data.a[0])).toBe(true);
    bytes[0] = 7;
    expect(data.bytes[0]).toBe(7);
  });
});

describe("parseWith", () => {
  const schema = z.strictObject({
    name: z.string("must be text"),
    items: z._default(z.array(z.union([z.strictObject({ kind: z.literal("a"), size: z.int() }), z.string()])), []),
  });
  const parse = (input: unknown): unknown => parseWith(schema, input, "input.invalid", "The thing");

  it("returns a frozen copy", () => {
    const input = { name: "x", items: [{ kind: "a", size: 1 }] };
    const read = parse(input) as typeof input;
    expect(read).toEqual(input);
    expect(read).not.toBe(input);
    expect(Object.isFrozen(read.items[0])).toBe(true);
    expect(Object.isFrozen(input)).toBe(false);
  });

  it("gives one issue a fault, each with its path, those of a union from the branch that fits best", () => {
    try {
      parse({ name: 1, items: ["ok", { kind: "a", size: 1.5 }], extra: 1, more: 2 });
      expect.unreachable();
    } catch (error) {
      if (!AllocellError.is(error)) throw error;
      expect(error.issues.map(({ code, path }) => `${code} ${path}`).sort()).toEqual([
        "input.invalid extra",
        "input.invalid items.1.size",
        "input.invalid more",
        "input.invalid name",
      ]);
      expect(error.issues[0]).toMatchObject({ expected: "must be text", received: "number 1" });
    }
  });

  it("names the whole input when it is no map", () => {
    expect(issueOf(() => parse(null))).toMatchObject({ path: "", received: "null" });
    expect(issueOf(() => parse([])).message).toContain("the whole input");
  });

  it("repeats no value of an unknown field and nothing that looks like a seed", () => {
    for (const input of [
      { name: "x", seed: LIVE_LOOKING },
      { name: "x", seed: "short secret" },
      { name: "x", items: LIVE_LOOKING },
    ]) {
      try {
        parse(input);
        expect.unreachable();
      } catch (error) {
        if (!AllocellError.is(error)) throw error;
        const shown = JSON.stringify(error) + inspect(error, { depth: 9 });
        expect(shown).not.toContain("9f9f9f9f");
        expect(shown).not.toContain("short secret");
      }
    }
  });
});
