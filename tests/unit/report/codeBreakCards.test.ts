import { describe, expect, it } from "vitest";
import type { CodeBreak } from "../../../src/blinding/index.js";

import { generateList, type MasterList } from "../../../src/list/index.js";
import { Seed } from "../../../src/random/index.js";
import {
  codeBreakReport,
  toCodeBreakCardsHtml,
  toCodeBreakReportText,
  unblindedCodeBreakCards,
} from "../../../src/report/index.js";
import { uc } from "../../../src/trials/index.js";
import { issueOf } from "../../support/issueOf.js";
import { plainText } from "./exampleOrders.js";

const plan = {
  trial: "NCT06853522",
  part: "main",
  list: "CARDS",
  arms: { exosome: 1, placebo: 1 },
  procedure: { kind: "permuted-block", sizes: [2] },
  length: 4,
};
const list = (): MasterList => generateList({ plan, trial: uc, seed: Seed.test("cards") });
const texts = { exosome: "Exosomes <A&B>", placebo: "Placebo" };

describe("printed code-break cards", { tags: ["BREAK-003"] }, () => {
  const html = toCodeBreakCardsHtml(unblindedCodeBreakCards(list(), texts));

  it("are one page a position, with its number and its treatment once", () => {
    expect(html.match(/class="card"/g)).toHaveLength(4);
    const pages = html.split('class="card"').slice(1);
    [...list().unblindedRows()].forEach(({ number, arm }, i) => {
      expect(pages[i]).toContain(`TEST CODE-BREAK CARD ${number}`);
      expect(pages[i]).toContain(arm === "exosome" ? "Exosomes &lt;A&amp;B>" : "<dd>Placebo</dd>");
      expect(pages[i]).not.toContain(arm === "exosome" ? "Placebo" : "Exosomes");
    });
  });

  it("differ between two arms in nothing but the number and the treatment", () => {
    const [first, ...others] = html
      .split('class="card"')
      .slice(1)
      .map((page) =>
        page
          .replace(/TR\d{4}/g, "N")
          .replace(/<dd>(exosome|placebo|Exosomes[^<]*<A[^<]*|Placebo|Exosomes[^/]*)<\/dd>/g, "T"),
      )
      .map((page) => page.split("</section>")[0]);
    expect(others.every((page) => page === first)).toBe(true);
  });

  it("load nothing and run nothing", { tags: ["SEC-001", "SEC-002"] }, () => {
    expect(html).not.toMatch(/<script|https?:|url\(/);
  });

  it("are not made of an empty list", () => {
    expect(issueOf(() => toCodeBreakCardsHtml([])).code).toBe("report.cards_missing");
  });
});

describe("cards and reports in Chinese", { tags: ["PAPER-002"] }, () => {
  const codeBreak: CodeBreak = {
    ...{
      format: "allocell-code-break-1",
      status: "TEST",
      trial: "NCT06853522",
      part: "main",
      list: "CARDS",
      participant: "P-1",
      number: "TR0001",
    },
    ...{ stratum: { site: "01" }, how: "assigned", arm: "placebo", reason: "SAE 4", actor: "N. Berg" },
    ...{ at: "2026-03-01T09:30:00Z", event: 7, receipt: "ab".repeat(32), wrongTreatment: false },
  };

  it("have the same lines and values as in English, and no English word of ours", () => {
    const [english, chinese] = (["en", "zh"] as const).map((language) => codeBreakReport(codeBreak, language));
    const own = [
      "NCT06853522",
      "main",
      "CARDS",
      "TEST",
      "P-1",
      "TR0001",
      "site 01",
      "placebo",
      "SAE 4",
      "N. Berg",
      "T",
      "Z",
    ];
    const bare = (text: string): string =>
      own.reduce((left, word) => left.replaceAll(word, ""), text.replace(/[ab]{64}/u, ""));
    expect(bare(toCodeBreakReportText(chinese!))).not.toMatch(/[A-Za-z]/u);
    expect(bare(toCodeBreakReportText(english!))).not.toMatch(/\p{Script=Han}/u);
    for (const part of ["fields", "signatures"] as const) {
      expect(chinese![part]).toHaveLength(english![part].length);
      english![part].forEach(({ text }, i) => {
        expect(chinese![part][i]!.text === undefined).toBe(text === undefined);
        for (const value of own.filter((word) => text?.split(/\W+/u).includes(word))) {
          expect(chinese![part][i]!.text).toContain(value);
        }
      });
    }
  });

  it("have the headings that are customary in China, the kit's number and whom to call outside", () => {
    const [card] = unblindedCodeBreakCards(list(), texts, "zh");
    const labels = (of: readonly { readonly label: string }[]): string => of.map(({ label }) => label).join("；");
    const outside = ["试验", "随机号", "层", "受试者编号", "药物编号（配制编号）", "监查员、申办者：电话", "揭盲人"];
    for (const word of [...outside, "揭盲时间（年 月 日 时 分）", "揭盲原因", "签名"])
      expect(labels(card!.outside)).toContain(word);
    for (const word of ["分配组别", "药品名称"]) expect(labels(card!.inside)).toContain(word);
    const { fields, signatures } = codeBreakReport(codeBreak, "zh");
    const record = labels([...fields, ...signatures]);
    const people = ["申请人", "批准人", "通知申办者", "通知主要研究者", "通知监查员", "研究者：姓名", "见证人：姓名"];
    for (const word of [...people, "受试者编号", "药物编号", "日期时间", "揭盲原因", "告知对象", "后续处理"])
      expect(record).toContain(word);
  });

  it.each(["en", "zh"] as const)("say each way of entering and each treatment that was given: %s", (language) => {
    const said = (["assigned", "replacement", "forced"] as const).flatMap((how) =>
      [{}, { wrongTreatment: true }, { wrongTreatment: true, givenArm: "exosome" }].map((given) =>
        toCodeBreakReportText(codeBreakReport({ ...codeBreak, how, ...given }, language)),
      ),
    );
    expect(new Set(said).size).toBe(9);
  });

  it("are one page a position as in English", () => {
    const html = toCodeBreakCardsHtml(unblindedCodeBreakCards(list(), texts, "zh"), "zh");
    expect(html).toContain('lang="zh');
    expect(html.match(/class="card"/gu)).toHaveLength(4);
    const text = plainText(html.replace(/<p class="cover">[^<]*<\/p>/gu, ""));
    expect(text.replace(/T?R\d{4}|TEST|NCT\d+|main|CARDS|exosome|placebo|Exosomes|A&B|Placebo/gu, "")).not.toMatch(
      /[A-Za-z]{2}/u,
    );
    expect(text).toContain("应急信件（紧急揭盲卡）");
    expect(issueOf(() => toCodeBreakCardsHtml([], "fr" as "en")).code).toBe("report.language_unknown");
  });
});
