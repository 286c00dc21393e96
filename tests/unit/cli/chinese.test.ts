/* The language of a command line; errors and codes in Chinese. */
import { describe, expect, it } from "vitest";
import { ERROR_CODES, type ErrorCode } from "../../../src/codes/index.js";
import { ERROR_CODES_ZH } from "../../../src/cli/chinese/codes/index.js";
import { toChineseErrorText } from "../../../src/cli/chinese/errorText.js";
import { wrapWide } from "../../../src/cli/chinese/wrapWide.js";
import { languageOfLine } from "../../../src/cli/languageOption.js";
import { widthOf } from "../../../src/cli/textTable.js";
import { AllocellError } from "../../../src/foundation/index.js";
import { ASSUMPTIONS, makeDesk, PLAN } from "./harness.js";

const HAN = /\p{Script=Han}/u;

describe("the language of a command line", { tags: ["LANG-001"] }, () => {
  it.each([
    ["dose --lang zh", {}, "zh"],
    ["--lang zh dose", {}, "zh"],
    ["dose --lang=zh", {}, "zh"],
    ["dose", {}, "en"],
    ["dose", { LANG: "zh_CN.UTF-8" }, "zh"],
    ["dose", { LANG: "zh" }, "zh"],
    ["dose", { LANG: "zha_XX" }, "en"],
    ["dose", { LC_MESSAGES: "zh_CN", LANG: "en_GB.UTF-8" }, "zh"],
    ["dose", { LC_ALL: "C", LC_MESSAGES: "zh_CN", LANG: "zh_CN" }, "en"],
    ["dose", { LC_ALL: "", LANG: "zh_CN" }, "zh"],
    ["dose --lang en", { LC_ALL: "zh_CN" }, "en"],
    ["script L --lang python", { LANG: "zh_CN" }, "zh"],
    ["script L --lang python --lang zh", {}, "zh"],
    ["dose -- --lang zh", {}, "en"],
  ] as const)("%j with %j is %s", (line, env, language) => {
    expect(languageOfLine(line.split(" "), env).language).toBe(language);
  });

  it("takes its own --lang from the line, and leaves another command's and a wrong one", () => {
    expect(languageOfLine(["--lang", "zh", "script", "L", "--lang", "r"], {})).toEqual({
      language: "zh",
      stated: "zh",
      argv: ["script", "L", "--lang", "r"],
    });
    expect(languageOfLine(["dose", "--lang", "fr"], {})).toMatchObject({ argv: ["dose", "--lang", "fr"] });
    expect(languageOfLine(["dose", "--lang"], {})).toMatchObject({ argv: ["dose", "--lang"], stated: undefined });
  });

  it("does not change what programs read, nor files without --lang", async () => {
    const desk = makeDesk({ env: { LANG: "zh_CN.UTF-8" } });
    desk.write("p.yaml", PLAN);
    const argv = ["list", "p.yaml", "--test-seed", "x", "--json"];
    const other = makeDesk();
    other.write("p.yaml", PLAN);
    expect((await desk.run(...argv)).stdout).toBe((await other.run(...argv)).stdout);
    expect(await desk.run(...argv)).toEqual(await other.run(...argv));
    const init = ["init", "escalation", "--out", "e.yaml"];
    await desk.run(...init);
    await other.run(...init);
    expect(desk.read("e.yaml")).toBe(other.read("e.yaml"));
    await desk.run(...init.slice(0, 3), "zh.yaml", "--lang", "zh");
    expect(desk.read("zh.yaml")).toMatch(HAN);
  });
});

describe("the Chinese of a code", { tags: ["LANG-001"] }, () => {
  it("is whole sentences, and a warning where the English is one", () => {
    for (const [code, [meaning, remedy]] of Object.entries(ERROR_CODES_ZH)) {
      expect(meaning, code).toMatch(HAN);
      for (const text of [meaning, remedy]) expect(text, code).toMatch(/^[^\s].*[。？]$/u);
      expect(meaning.startsWith("警示："), code).toBe(ERROR_CODES[code as ErrorCode][0].startsWith("Warning:"));
      // Signs between Chinese words are Chinese ones.
      expect(`${meaning}${remedy}`, code).not.toMatch(/\p{Script=Han}[,;:!?()]|[,;:!?()]\p{Script=Han}/u);
    }
  });

  it("is what `allocell codes` prints", async () => {
    const { stdout } = await makeDesk().run("codes", "--lang", "zh");
    const plain = (text: string): string => text.replace(/\s/gu, "");
    for (const [code, [meaning, remedy]] of Object.entries(ERROR_CODES_ZH))
      expect(plain(stdout), code).toContain(plain(`${code}含义${meaning}处理${remedy}`));
    expect(stdout).toContain(`共 ${Object.keys(ERROR_CODES).length} 个代码`);
  });
});

describe("an error in Chinese", { tags: ["LANG-001", "ERR-001"] }, () => {
  it("says what, where, what to do, the code, and last the English sentence", async () => {
    const desk = makeDesk();
    desk.write("plan.yaml", PLAN.replace('"02"', '"01"'));
    const { code, stdout, stderr } = await desk.run("list", "plan.yaml", "--test-seed", "x", "--lang", "zh");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(`allocell：无法执行
  问题      随机化方案有误。
  位置      plan.yaml，第 8 行，第 20 列，strata.0.levels.1
  处理      更正所示字段。
  代码      list.plan_invalid
  英文原文  The plan: level "01" of factor "site" stands twice.
`);
  });

  it.each([
    [["dosee"], "没有命令 dosee。", "是否指 dose、doses？"],
    [["dose", "--armm", "low", "--arm", "low"], "没有选项 --armm。", "是否指 --arm？"],
    [["dose", "NCT07041801"], "缺少必需的选项 --arm。", "查看 `allocell help dose --lang zh`。"],
    [["dose", "NCT07041801", "--arm"], "选项 --arm 没有值。", "查看 `allocell help dose --lang zh`。"],
    [["list"], "缺少参数 PLAN。", "查看 `allocell help list --lang zh`。"],
    [["page", "x", "--out", "y"], "x 的值不在可选值之内。", "可选值：pharmacy、statistics。"],
    [["scan", "a", "b", "--order", "c"], "参数过多。", "查看 `allocell help scan --lang zh`。"],
  ] as const)("%j is a fault of the command line", async (argv, meaning, remedy) => {
    const { code, stderr } = await makeDesk().run(...argv, "--lang", "zh");
    expect(code).toBe(2);
    expect(stderr).toContain(`问题      ${meaning}\n`);
    expect(stderr).toContain(`处理      ${remedy}\n`);
  });

  it("tells several faults by number, with the parameters that say something", async () => {
    const desk = makeDesk();
    desk.write("a.yaml", ASSUMPTIONS.replace(/ {2}dose\.cap.*\n/u, "").replace(/ {2}dose\.weight.*\n/u, ""));
    const { stderr } = await desk.run(
      ...["--lang", "zh", "dose", "NCT07041801", "--arm", "low", "--weight", "72.4 kg", "--assumptions", "a.yaml"],
    );
    expect(stderr).toContain("allocell：无法执行，共 2 处问题\n1.\n");
    expect(stderr).toContain("请写在随机化方案或假设文件");
    expect(stderr).toContain('体重类型（assumptions."dose.weightDescriptor"）\n');
    const issue = { path: "lots.0", message: "Lot A expired.", received: "nothing", parameters: { lot: "A" } };
    expect(toChineseErrorText(new AllocellError({ code: "dose.lot_expired", ...issue }))).toContain(
      "  数据      批次：A\n  处理      改用另一批次。\n  收到      无\n",
    );
    const many = Array.from({ length: 23 }, () => ({ code: "dose.lot_expired" as const, ...issue }));
    expect(toChineseErrorText(new AllocellError(many as never))).toContain("共 23 处问题\n");
    expect(toChineseErrorText(new AllocellError(many as never)).endsWith("另有 3 处\n")).toBe(true);
  });

  it("is in English for programs", async () => {
    const { answer } = await makeDesk().json("dosee", "--lang", "zh");
    expect(JSON.stringify(answer)).not.toMatch(HAN);
  });
});

describe("Chinese lines", { tags: ["LANG-001"] }, () => {
  it("break between characters and at spaces, begin with no closing sign, and lose nothing", () => {
    const text = "剂量按体重 72.4 kg 计算，（见 docs/plausibility.md），不得超过 300E6 个活细胞；否则须由负责人确认。";
    for (let columns = 30; columns < 100; columns++) {
      const lines = wrapWide(text, "  问题  ", columns);
      for (const line of lines) expect(widthOf(line.replace(/[，。；）]+$/u, ""))).toBeLessThanOrEqual(columns);
      for (const line of lines.slice(1)) expect(line).toMatch(/^ {8}[^\s，。；）]/u);
      expect(lines.join("").replace(/\s/gu, "")).toBe(`问题${text}`.replace(/\s/gu, ""));
    }
  });
});
