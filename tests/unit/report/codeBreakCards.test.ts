import { describe, expect, it } from "vitest";
import { unblindedCodeBreakCards } from "../../../src/blinding/index.js";
import { generateList, type MasterList } from "../../../src/list/index.js";
import { Seed } from "../../../src/random/index.js";
import { toCodeBreakCardsHtml } from "../../../src/report/index.js";
import { uc } from "../../../src/trials/index.js";
import { issueOf } from "../../support/issueOf.js";

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

  it("load nothing and run nothing", () => {
    expect(html).not.toMatch(/<script|https?:|url\(/);
  });

  it("are not made of an empty list", () => {
    expect(issueOf(() => toCodeBreakCardsHtml([])).code).toBe("report.cards_missing");
  });
});
