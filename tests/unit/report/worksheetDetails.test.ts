import { describe, expect, it } from "vitest";
import { parseDocumentDetails, toWorksheetHtml, type DocumentDetails } from "../../../src/report/index.js";
import { issueOf } from "../../support/issueOf.js";
import { plainText, prepareExample } from "./exampleOrders.js";

const { preparation, document } = prepareExample("sle/order.yaml");

/** What stands under a field's name: its value, or "line" for a place to write. */
function fieldOf(diluent: DocumentDetails["diluent"] | undefined, name: string, language: "en" | "zh" = "en"): string {
  const { route, storage } = document;
  const html = toWorksheetHtml(
    preparation,
    { route, storage, ...(diluent === undefined ? {} : { diluent }) },
    language,
  );
  const found = new RegExp(
    `<span class="name">${name}</span>(?:<b>(?<value>.*?)</b>|(?<line><i class="line"></i>))`,
    "u",
  );
  const { value, line } = found.exec(html)?.groups ?? {};
  return line === undefined ? plainText(value ?? "missing") : "line";
}
const NAMES = ["Diluent used", "Diluent lot", "Diluent expiry", "Diluent maker"] as const;

describe("the diluent on a worksheet", () => {
  it.each([
    ["with its name alone", { name: "Sodium chloride 0.9 %" }, ["Sodium chloride 0.9 %", "line", "line", "line"]],
    ["with a lot", { name: "NaCl", lot: "NS-118" }, ["NaCl", "NS-118", "line", "line"]],
    [
      "with everything",
      { name: "NaCl", lot: "NS-118", expiresOn: "2027-08-31", maker: "EXAMPLE works" },
      ["NaCl", "NS-118", "2027-08-31", "EXAMPLE works"],
    ],
    ["not stated", undefined, ["line", "line", "line", "line"]],
  ] as const)("%s: what is given is printed, the rest has a line each", (_, diluent, wanted) => {
    expect(NAMES.map((name) => fieldOf(diluent, name))).toEqual(wanted);
  });

  it("is named in Chinese too", () => {
    const diluent = { name: "NaCl", maker: "EXAMPLE works" };
    expect(
      ["所用稀释液", "稀释液批号", "稀释液有效期至", "稀释液生产企业"].map((name) => fieldOf(diluent, name, "zh")),
    ).toEqual(["NaCl", "line", "line", "EXAMPLE works"]);
  });

  it.each([
    ["a day that does not exist", { expiresOn: "2027-02-30" }, "diluent.expiresOn"],
    ["an empty maker", { maker: " " }, "diluent.maker"],
    ["a field that is not known", { expiry: "2027-08-31" }, "diluent.expiry"],
  ])("refuses %s", (_, fields, path) => {
    const issue = issueOf(() => parseDocumentDetails({ ...document, diluent: { name: "NaCl", ...fields } }));
    expect([issue.code, issue.path]).toEqual(["report.details_invalid", path]);
  });

  it("refuses one that is out of date on the day of preparation, and not on its last day", () => {
    const on = (expiresOn: string): string =>
      toWorksheetHtml(preparation, { ...document, diluent: { name: "NaCl", expiresOn } }, "en");
    const issue = issueOf(() => on("2026-03-18"));
    expect([issue.code, issue.path]).toEqual(["report.diluent_expired", "diluent.expiresOn"]);
    expect([issue.expected, issue.received]).toEqual(["2026-03-19 or later", "2026-03-18"]);
    expect(on("2026-03-19")).toContain("2026-03-19");
  });

  it("refuses a time of expiry that does not exist", () => {
    const expiresAt = "2026-13-01T25:00";
    expect(issueOf(() => parseDocumentDetails({ ...document, expiresAt })).path).toBe("expiresAt");
  });
});

describe("the receipt of the product on a worksheet", () => {
  const given = { maker: "EXAMPLE works", receivedOn: "2026-03-19", storedIn: "EXAMPLE tank 3" };
  const names = ["Maker of the product", "Product received on", "Kept frozen in"];
  const under = (html: string): readonly string[] =>
    names.map((name) => {
      const { value, line } =
        new RegExp(`<span class="name">${name}</span>(?:<b>(?<value>.*?)</b>|(?<line><i class="line"></i>))`, "u").exec(
          html,
        )?.groups ?? {};
      return line === undefined ? (value ?? "nothing") : "line";
    });

  it("is printed as far as it is stated, and has lines for the rest", () => {
    const { route, storage } = document;
    const shown = (receipt?: DocumentDetails["receipt"]): readonly string[] =>
      under(toWorksheetHtml(preparation, { route, storage, ...(receipt === undefined ? {} : { receipt }) }, "en"));
    expect(shown(given)).toEqual(Object.values(given));
    expect(shown({ storedIn: "EXAMPLE tank 3" })).toEqual(["line", "line", "EXAMPLE tank 3"]);
    expect(shown()).toEqual(["line", "line", "line"]);
  });

  it("is refused where it is later than the preparation, or is no receipt", () => {
    const late = issueOf(() =>
      toWorksheetHtml(preparation, { ...document, receipt: { receivedOn: "2026-03-20" } }, "en"),
    );
    expect([late.code, late.path, late.expected]).toEqual([
      "report.received_later",
      "receipt.receivedOn",
      "2026-03-19 or earlier",
    ]);
    for (const [field, value] of [
      ["receivedOn", "2026-02-30"],
      ["maker", " "],
      ["tank", "3"],
    ] as const) {
      const issue = issueOf(() => parseDocumentDetails({ ...document, receipt: { [field]: value } }));
      expect([issue.code, issue.path]).toEqual(["report.details_invalid", `receipt.${field}`]);
    }
  });
});
