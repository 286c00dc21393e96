/* The statistics page in Chinese: no English word of ours, and the words of the command. */
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ERROR_CODES_ZH } from "../../src/cli/chinese/codes/index.js";
import { PROCEDURE_KINDS } from "../../src/procedure/index.js";
import { englishWords } from "../support/englishWords.js";
import { openPage, type OpenedPage } from "../unit/app/pageWindow.js";
import { makeDesk } from "../unit/cli/harness.js";
import { textsOf } from "../unit/report/englishOf.js";
import { TRIALS } from "../../src/trials/index.js";

/** Ids as they stand in plans and files, and names of systems. */
const IDS =
  "arc r-mersenne-twister site sex F M low medium high placebo lupus MSC UC UC-46 exosome main single-dose repeat-dose ClinSpark Medidata " +
  "Medrio OpenClinica Viedoc Castor ALEA xlsx redcap seed txt CR PB RAR BSD MP BUD EBC SPIRIT MWU BT n Efron Chen MIN HH DA BBC GBC EUD ME DL ABC UD DBC TB MQD OB HADA " +
  "ZIP Balance Oracle Clinical One secuTrial Datacapt";
const OWN: readonly string[] = [...PROCEDURE_KINDS, ...IDS.split(" "), ...textsOf(TRIALS)].flatMap((id) => [
  ...id.split(/[^A-Za-z'-]+/u),
  ...id.split(/[^A-Za-z']+/u),
]);

/** Text of the page, but what is marked as English, what a file holds, codes, hashes, and the button to the English page. */
function chineseText(page: OpenedPage): string {
  const own = page.window.document.querySelector("main")?.cloneNode(true) as unknown as HTMLElement;
  for (const element of own.querySelectorAll('[lang="en"], code, textarea, pre')) element.remove();
  return [...own.querySelectorAll("*")]
    .flatMap(({ childNodes }) => [...childNodes].filter(({ nodeType }) => nodeType === 3))
    .map(({ textContent }) => textContent)
    .join("\n");
}

const plain = (text: string): string => text.replace(/\s+/gu, "");

const REQUESTS = fc.record(
  {
    n: fc.integer({ min: 12, max: 60 }).map(String),
    ratio: fc.constantFrom("1:1", "2:1", "1:1:1"),
    sites: fc.constantFrom("2", "3"),
    strata: fc.constantFrom("2"),
    guesser: fc.constantFrom("everything", "own-centre", "nothing"),
    "limit-forced": fc.constantFrom("0.1", "0.3"),
    "limit-imbalance": fc.constantFrom("2", "3.5"),
    late: fc.constantFrom("2=4", "2=10"),
    "most-per-centre": fc.constantFrom("30", "40"),
    dropout: fc.constantFrom("0.05", "0.2"),
    "fixed-sizes": fc.constantFrom("yes"),
  },
  { requiredKeys: ["n", "ratio", "sites"] },
);

const FIELDS = [
  ...(["n", "ratio", "sites", "strata", "guesser", "limit-forced", "limit-imbalance"] as const),
  ...(["late", "most-per-centre", "dropout", "fixed-sizes"] as const),
];

describe("Design in Chinese", { tags: ["LANG-001", "PAGE-001"] }, () => {
  it("says what `suggest --lang zh` says, and no English word", { timeout: 240_000 }, async () => {
    const page = await openPage("statistics", { language: "zh" });
    const asked = fc.asyncProperty(REQUESTS, async (request) => {
      for (const name of FIELDS) page.type(`f---${name}`, request[name] ?? "");
      page.click("比较各设计");
      await page.until("名次");
      const options = Object.entries(request).flatMap(([name, value]) =>
        name === "fixed-sizes" ? ["--fixed-sizes"] : [`--${name}`, value],
      );
      const { stdout } = await makeDesk().run("suggest", ...options, "--top", "1", "--lang", "zh");
      const shown = page.window.document.querySelector(".result");
      const said = [...(shown?.querySelectorAll(".state, .result > ul li, .result > p") ?? [])].map(({ textContent }) =>
        plain(textContent).replace(/^(?:方案文字|随机化说明（保密）):/u, ""),
      );
      for (const sentence of said.filter((one) => !one.includes("没有设计满足要求")))
        expect(plain(stdout).replaceAll("-", "")).toContain(sentence.replaceAll("-", ""));
      const designs = [...(shown?.querySelectorAll("tbody th") ?? [])].map(({ textContent }) => plain(textContent));
      for (const design of designs) expect(plain(stdout)).toContain(design);
      expect(englishWords(chineseText(page), OWN)).toEqual([]);
    });
    await fc.assert(asked, { numRuns: 4 });
    // A fault by its code, also where the code is put together from its parts.
    page.type("f---n", "1");
    page.click("比较各设计");
    await page.until("assessment.rows_invalid");
    expect(page.text()).toContain(ERROR_CODES_ZH["assessment.rows_invalid"].join(""));
    await page.close();
  });
});

const fileOf = (path: string): File => new File([readFileSync(path)], basename(path));

describe("List and Verify in Chinese", { tags: ["LANG-001", "PAGE-001"] }, () => {
  it("have no English word of ours", { timeout: 120_000 }, async () => {
    const page = await openPage("statistics", { language: "zh" });
    const check = (): void => {
      expect(englishWords(chineseText(page), OWN)).toEqual([]);
    };
    page.click("随机分配表");
    check();
    page.open("label.file input", [fileOf("examples/sle/plan.yaml")]);
    await page.until("因素 1");
    check();
    page.click("审核方案");
    await page.until("以 TEST 分配表试运行");
    check();
    page.type("test-seed", "first try TEST");
    page.click("生成分配表");
    await page.until("导出到其他系统");
    page.type("export-to", "redcap");
    check();
    page.click("验证");
    check();
    const desk = makeDesk();
    const plan = `${process.cwd()}/examples/sle/plan.yaml`;
    await desk.run("list", plan, "--test-seed", "first try TEST", "--out", "list");
    desk.write("list/other.txt", "x");
    const names = readdirSync(desk.path("list"));
    const spoilt = names.map((name) => {
      const text = desk.read(`list/${name}`);
      return new File([name.endsWith("blinded.csv") ? text.replace("01,1,", "01,9,") : text.slice(0, -3)], name);
    });
    page.open("label.file input", spoilt);
    page.type("verify-seed", "first try TEST");
    await page.until(names[0] ?? "");
    page.click("验证分配表");
    await page.until("验证未通过");
    check();
    await page.close();
  });
});
