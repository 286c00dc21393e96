import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { PharmacyView } from "../../../src/blinding/index.js";
import { workbookOfSheets } from "../../../src/cli/writeWorkbook.js";
import { toBagCode } from "../../../src/report/index.js";
import { defineTrial } from "../../../src/trial/index.js";
import { makeDesk } from "../cli/harness.js";
import { bandedComponents } from "./componentOrders.js";
import { typedOrder } from "./typedOrder.js";
import { SLE_BAG } from "../report/exampleOrders.js";
import { builtPage, openPage, type OpenedPage } from "./pageWindow.js";

const ORDERS = readdirSync("examples", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(`examples/${name}`).map((file) => `examples/${name}/${file}`))
  .filter((file) => /\/order(?!-batch)[\w-]*\.yaml$/.test(file));

const fileOf = (path: string): File => new File([readFileSync(path)], basename(path));

/** What `allocell page --trial` puts into the page of a site whose orders name the trial's own file. */
function bakedFor(order: string): object {
  const name = /^trial: (\S+\.yaml)$/mu.exec(readFileSync(order, "utf8"))?.[1];
  return name === undefined ? {} : { trialFile: { name, text: readFileSync(join(dirname(order), name), "utf8") } };
}

/** The documents that a page shows, by name. */
async function papersIn(page: OpenedPage): Promise<ReadonlyMap<string, string>> {
  page.click("Documents");
  await page.until("Close");
  const { document } = page.window;
  const papers = new Map<string, string>();
  for (const choice of document.querySelectorAll(".papers button[aria-pressed]")) {
    page.click(choice.textContent);
    const name = document.querySelector(".papers .note")?.textContent ?? "";
    papers.set(name, document.querySelector("iframe.paper")?.getAttribute("srcdoc") ?? "");
  }
  return papers;
}

describe("the file of the pharmacy's page", { tags: ["SEC-001", "SEC-002"] }, () => {
  it("loads nothing, sends nothing, and runs no program but its own", async () => {
    const html = await builtPage("pharmacy");
    const policy = /Content-Security-Policy" content="([^"]+)"/u.exec(html)?.[1] ?? "";
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[A-Za-z0-9+/]{43}='; /u);
    expect(html).not.toMatch(/<(?:script|img|link|iframe)[^>]+(?:src|href)=/u);
  });
});

describe("the form of a preparation", { tags: ["PAGE-001"] }, () => {
  it.each(ORDERS)("opens %s, and writes the documents of the command, byte for byte", async (order) => {
    const page = await openPage("pharmacy", bakedFor(order));
    page.open("label.file input", [fileOf(order)]);
    await page.until("Ready to prepare");
    const papers = await papersIn(page);
    const desk = makeDesk();
    await desk.run("prepare", `${process.cwd()}/${order}`, "--out", "docs");
    const written = readdirSync(desk.path("docs")).map((name) => [name, desk.read(`docs/${name}`)] as const);
    expect(papers.size).toBeGreaterThan(1);
    expect(papers).toEqual(new Map(written));
    await page.close();
  });

  it("names a field once: a fault that begins with its name is told without it", async () => {
    const page = await openPage("pharmacy");
    page.type("f-order-weight-weightKg", "160 lb");
    await page.until("A weight is given in kilograms only");
    expect(page.text()).not.toContain('"Measured weight": A weight');
    expect(page.text()).not.toContain("weight.weightKg");
    await page.close();
  });

  it("shows no earlier result beside later fields where the program itself fails", async () => {
    const page = await openPage("pharmacy");
    page.open("label.file input", [fileOf("examples/sle/order.yaml")]);
    await page.until("Ready to prepare");
    Object.assign(page.window, {
      TextEncoder: class {
        encode(): never {
          throw new Error("a fault of the program");
        }
      },
    });
    page.type("f-order-weight-weightKg", "65.2");
    await page.until("a fault of the program");
    expect(page.text()).not.toContain("Ready to prepare");
    expect(page.window.document.querySelector(".side .figures")).toBeNull();
    await page.close();
  });

  it.each([
    ["cells", "examples/sle/order.yaml", "需复苏数量"],
    ["what is no cell", "examples/uc/order.yaml", "需解冻数量"],
  ])("says in Chinese of %s what is to be thawed as the worksheet does", async (_, order, words) => {
    const page = await openPage("pharmacy", { ...bakedFor(order), language: "zh" });
    page.open("label.file input", [fileOf(order)]);
    await page.until("可以配制");
    expect(/需(?:复苏|解冻)数量/u.exec(page.text())?.[0]).toBe(words);
    await page.close();
  });

  it.each([
    ["the answers of a trial", parse(readFileSync("examples/sle/order.yaml", "utf8")) as object],
    ["components and weight bands of a protocol", bandedComponents()],
  ])("takes every field of an order from its reader: %s", async (_, data) => {
    const page = await openPage("pharmacy");
    for (const [id, typed] of typedOrder(data)) {
      if (typed === undefined) page.press(id);
      else page.type(id, typed);
    }
    await page.until("Ready to prepare");
    const desk = makeDesk();
    desk.write("order.json", JSON.stringify(data));
    expect((await desk.run("prepare", "order.json", "--out", "docs")).code).toBe(0);
    const written = readdirSync(desk.path("docs")).map((name) => [name, desk.read(`docs/${name}`)] as const);
    expect(await papersIn(page)).toEqual(new Map(written));
    await page.close();
  });

  it("tells a fault of a component at the field of that component", async () => {
    const page = await openPage("pharmacy");
    page.open("label.file input", [new File([JSON.stringify(bandedComponents())], "order.json")]);
    await page.until("Ready to prepare");
    page.type("f-order-then-0-lots-0-recovery", "85");
    await page.until("To be corrected");
    const field = page.window.document.getElementById("f-order-then-0-lots-0-recovery");
    expect(field?.getAttribute("aria-invalid")).toBe("true");
    expect(page.window.document.querySelector(".issues .wrong a")?.textContent).toBe("Recovery (of 1) (1.1)");
    page.type("f-order-then-0-lots-0-containers", "some");
    await page.until("Containers at hand (1.1)");
    const told = [".issues", "#f-order-then-0-lots-0-containers-fault"].map(
      (where) => page.window.document.querySelector(where)?.textContent ?? "",
    );
    // The path stands in the file alone: the form has names.
    expect(told).toEqual([
      expect.stringContaining('"Containers at hand (1.1)": must be a whole number (got "some").'),
      'The preparation order: "Containers at hand": must be a whole number (got "some").',
    ]);
    await page.close();
  });

  it("says which fields are needed, and shows a number that cannot be read at its field", async () => {
    const page = await openPage("pharmacy");
    await page.until("Still needed");
    expect(page.text()).not.toContain("To be corrected");
    page.type("f-order-weight-weightKg", "72,4");
    await page.until("other decimal mark");
    page.click("Write 72.4");
    await page.until("= 72.4 kg");
    page.type("f-order-preparedOn", "2026-02-30");
    await page.until("To be corrected");
    await page.close();
  });

  it("says in Chinese what is wrong with a typed number or date, before the English sentence", async () => {
    const page = await openPage("pharmacy", { language: "zh" });
    await page.until("实测体重");
    page.type("f-order-preparedOn", "2026-02-30");
    await page.until("该日期不存在。核对日期。");
    page.type("f-order-weight-weightKg", "724");
    await page.until("体重低于 0.5 kg 或高于 300 kg。核对体重及其单位。");
    await page.close();
  });

  it("asks for reason and name of a warning, and is ready with them", async () => {
    const page = await openPage("pharmacy");
    page.open("label.file input", [fileOf("examples/sle/order.yaml")]);
    await page.until("Ready to prepare");
    page.type("f-order-draw-overfillPercent", "25");
    await page.until("NOT READY");
    const [reason, by] = [...page.window.document.querySelectorAll(".warning input")].map(({ id }) => id);
    page.type(reason ?? "", "second thaw is not possible");
    page.type(by ?? "", "EXAMPLE pharmacist");
    await page.until("Ready to prepare");
    await page.close();
  });
});

describe("the part Dose", { tags: ["PAGE-001"] }, () => {
  const view: Pick<PharmacyView, "format" | "status" | "trial" | "part" | "rows"> = {
    format: "allocell-pharmacy-view-1",
    status: "TEST",
    trial: "NCT07041801",
    part: "single-dose",
    rows: [
      { number: "A-001", stratum: [], arm: "low" },
      { number: "A-002", stratum: [], arm: "medium" },
    ],
  };
  const open = (page: OpenedPage, content: object): void => {
    page.open("label.file input", [new File([JSON.stringify(content)], "view.json")]);
  };

  it("finds the arm of a randomization number in the view of the pharmacy", async () => {
    const page = await openPage("pharmacy");
    page.click("Dose");
    await page.until("Participant");
    open(page, view);
    await page.until("TEST · view.json");
    page.type("f---number", "a-002");
    const answers = { countBasis: "viable-cells", weightDescriptor: "actual", cap: "none", administrations: "1" };
    for (const [key, text] of Object.entries(answers)) page.type(`f-assumptions-dose-${key}`, text);
    page.type("f---weight", "20");
    await page.until("60,000,000");
    page.type("f---number", "A-001");
    await page.until("20,000,000");
    page.type("f-arm", "medium");
    await page.until("By the pharmacy's file this number has another arm or part.");
    expect(page.window.document.getElementById("f-arm")?.getAttribute("aria-invalid")).toBe("true");
    page.type("f---number", "A-003");
    await page.until("The pharmacy's file has no such number.");
    expect(page.window.document.getElementById("f---number")?.getAttribute("aria-invalid")).toBe("true");
    expect(page.text()).not.toContain("20,000,000");
    await page.close();
  });

  it("says of another file that it is none, and keeps the form", async () => {
    const page = await openPage("pharmacy");
    page.click("Dose");
    await page.until("Participant");
    open(page, { ...view, format: "allocell-site-view-1" });
    await page.until("This is no view of the pharmacy");
    await page.close();
  });
});

describe("a scanned label", { tags: ["LABEL-002"] }, () => {
  it("is that of the order's bag and person, in time, or not; the page shows no treatment", async () => {
    const page = await openPage("pharmacy");
    page.click("Scan");
    await page.until("Scan the label into the field");
    page.open("label.file input", [fileOf("examples/sle/order.yaml")]);
    page.type("f-code", toBagCode(SLE_BAG));
    page.type("f---at", "2026-03-19T12:15");
    await page.until("Right bag, right person, in time");
    expect(page.window.document.querySelector("main")?.outerHTML).not.toMatch(/\blow\b|cells|EX-2401|8\.5/);
    page.type("f---subject", "S02-004");
    await page.until("STOP: do not start");
    const wrong = [...page.window.document.querySelectorAll("tr.wrong th")].map(({ textContent }) => textContent);
    expect(wrong).toEqual(["Person ✗"]);
    page.type("f-code", toBagCode(SLE_BAG).slice(1));
    await page.until("report.code_unreadable");
    await page.close();
  });
});

describe("the second check and the record", () => {
  const order = readFileSync("examples/sle/order.yaml", "utf8");
  const second = order.replace("EXAMPLE pharmacist A", "EXAMPLE pharmacist B");
  const choose = (page: OpenedPage, n: number, file: File): void => {
    const inputs = page.window.document.querySelectorAll("label.file input");
    inputs[n]?.setAttribute("data-n", String(n));
    page.open(`label.file input[data-n="${n}"]`, [file]);
  };

  it("gives the second person a blank form, in which nothing of the first stands", async () => {
    const page = await openPage("pharmacy");
    page.open("label.file input", [new File([order], "order.yaml")]);
    await page.until("Ready to prepare");
    page.click("Check");
    page.click("A blank form for the second person");
    await page.until("Still needed");
    const { document } = page.window;
    const typed = [...document.querySelectorAll("main input, main select")].map(
      (control) => (control as unknown as HTMLInputElement).value,
    );
    expect(typed.length).toBeGreaterThan(100);
    expect(typed.every((text) => text === "")).toBe(true);
    expect(document.querySelector("#page")?.outerHTML).not.toMatch(
      /S02-003|K-1047|72\.4 kg|EX-2401|72,400,000|8\.5 mL/u,
    );
    await page.close();
  });

  it("finds the one field in which two files differ", async () => {
    const page = await openPage("pharmacy");
    page.click("Check");
    await page.until("File of the second person");
    choose(page, 0, new File([order], "order.yaml"));
    choose(page, 1, new File([second.replace("72.4", "74.2")], "order.yaml"));
    await page.until("STOP: the two checks do not agree");
    expect([...page.window.document.querySelectorAll("tbody th")].map(({ textContent }) => textContent)).toEqual([
      "weight.weightKg",
    ]);
    await page.close();
  });

  it("records what was given after the order", async () => {
    const page = await openPage("pharmacy");
    page.click("Record");
    await page.until("At the bedside");
    choose(page, 0, new File([order], "order.yaml"));
    const typed = { number: "1", administeredOn: "2026-03-19", administeredBy: "EXAMPLE nurse", infusedMl: "98" };
    for (const [path, text] of Object.entries(typed)) page.type(`f-${path}`, text);
    await page.until("70,805,000 viable cells");
    expect(page.text()).toContain("-2.2 %");
    await page.close();
  });
});

describe("a page with a trial's answers", () => {
  it("has the trial as it was read, in full where its file states it in short", async () => {
    const short = { id: "DEMO-1", arms: ["active", "placebo"], masking: "double", participants: 60 };
    const desk = makeDesk();
    desk.write("short.json", JSON.stringify(short));
    // Where the page has not been built, the command cannot put anything into it.
    const { code } = await desk.run("page", "pharmacy", "--out", "page.html", "--trial", "short.json");
    const inFull = { language: "en", trialFile: { name: "short.json", text: JSON.stringify(defineTrial(short)) } };
    const baked = code === 0 ? /id="baked">(.*?)<\/script>/u.exec(desk.read("page.html"))?.[1] : JSON.stringify(inFull);
    expect(JSON.parse(baked ?? "")).toEqual(inFull);
    const page = await openPage("pharmacy", inFull);
    await page.until("DEMO-1");
    page.type("f-part", "main");
    await page.until("active");
    await page.close();
  });

  it("has its trial chosen, asks nothing that is answered, and computes with the answers", async () => {
    const text = readFileSync("examples/sle/assumptions.yaml", "utf8");
    const desk = makeDesk();
    const { code } = await desk.run(
      ...["page", "pharmacy", "--out", "page.html", "--trial", "NCT07041801", "--lang", "zh"],
      ...["--assumptions", `${process.cwd()}/examples/sle/assumptions.yaml`],
    );
    const isBuilt = code === 0;
    const baked = isBuilt
      ? (JSON.parse(/id="baked">(.*?)<\/script>/u.exec(desk.read("page.html"))?.[1] ?? "") as object)
      : { language: "zh", trial: "NCT07041801", assumptionsFile: { name: "assumptions.yaml", text } };
    expect(baked).toEqual({
      language: "zh",
      trial: "NCT07041801",
      assumptionsFile: { name: "assumptions.yaml", text },
    });
    const page = await openPage("pharmacy", baked);
    await page.until("尚需填写");
    expect(page.text()).toContain("适用于: NCT07041801, assumptions.yaml");
    for (const key of Object.keys((parse(text) as { assumptions: object }).assumptions)) {
      expect(page.window.document.getElementById(`f-assumptions-${key.replace(/\W/gu, "-")}`)).toBeNull();
    }
    page.click("剂量");
    page.type("f-arm", "low");
    page.type("f---weight", "72.4");
    await page.until("72,400,000");
    await page.close();
  });
});

describe("a batch", { tags: ["PAGE-001"] }, () => {
  const ROWS = [
    "participant,kit,visit,arm,weight_kg,weighed_on,weighed_by,planned_on,centre",
    "S01-001,K-1001,Visit 2,low,41.5,2026-03-18,EXAMPLE nurse,2026-03-19,=A1",
    "S01-002,K-1002,Visit 2,high,4150,2026-03-18,EXAMPLE nurse,2026-03-19,B",
    'S01-003,K-1003,Visit 2,medium,48.2,2026-03-01,EXAMPLE nurse,2026-03-19,"a ""b"""',
    "S01-004,K-1001,Visit 2,placebo,55.6,2026-03-19,EXAMPLE nurse,2026-03-19,",
    "S01-005,K-1005,Visit 2,placebo,55.6,2026-03-19,EXAMPLE nurse,2026-03-19,C",
    "",
  ].join("\r\n");
  const ORDER = "examples/sle/order-batch.yaml";

  /** The page with both files open, and everything that it saves. */
  async function openBatch(
    rows: File,
    set: (page: OpenedPage) => void,
  ): Promise<[OpenedPage, Map<string, Uint8Array>]> {
    const page = await openPage("pharmacy");
    const saved = new Map<string, Uint8Array>();
    const { window } = page;
    let last: { readonly bytes: () => Promise<Uint8Array> } | undefined;
    Object.assign(window.URL, {
      createObjectURL: (blob: Blob) => {
        last = { bytes: async () => new Uint8Array(await blob.arrayBuffer()) };
        return "blob:";
      },
    });
    Object.assign(window.HTMLAnchorElement.prototype, {
      click: function (this: { download: string }) {
        void last?.bytes().then((bytes) => saved.set(this.download, bytes));
      },
    });
    page.click("Batch");
    await page.until("Open the rows");
    set(page);
    page.open(".drop label.file input[accept*=yaml]", [fileOf(ORDER)]);
    await page.until("order-batch.yaml");
    page.open(".drop label.file input[accept*=csv]", [rows]);
    return [page, saved];
  }

  async function savedAs(page: OpenedPage, saved: Map<string, Uint8Array>, form: string): Promise<Uint8Array> {
    page.click(`Save (${form.toUpperCase()})`);
    const name = `rows.UNBLINDED.${form}`;
    for (let n = 0; n < 500 && !saved.has(name); n += 1) await new Promise((done) => setTimeout(done, 10));
    return saved.get(name) ?? new Uint8Array();
  }

  async function commandsAnswer(
    rows: Uint8Array | string,
    name: string,
    out: string,
    ...options: string[]
  ): Promise<Uint8Array> {
    const desk = makeDesk();
    writeFileSync(desk.path(name), rows);
    await desk.run("prepare-batch", name, "--order", `${process.cwd()}/${ORDER}`, "--out", out, ...options);
    return new Uint8Array(readFileSync(desk.path(out)));
  }

  it("shows each row, marks the bad ones, and saves the files of the command, byte for byte", async () => {
    const [page, saved] = await openBatch(new File([ROWS], "rows.csv"), (own) => {
      own.type("f---keep", "yes");
    });
    await page.until("ready: 2 · OPEN WARNING: 1 · REFUSED: 2");
    const rows = [...page.window.document.querySelectorAll(".wide-table tbody tr")];
    expect(rows.map((row) => row.className)).toEqual(["", "refused", "open", "refused", ""]);
    expect(rows[1]?.textContent).toContain("quantity.weight_out_of_range");
    expect(rows[3]?.textContent).toContain("cli.kit_twice");
    for (const form of ["csv", "xlsx"]) {
      const bytes = await savedAs(page, saved, form);
      expect(bytes.length).toBeGreaterThan(500);
      expect(bytes).toEqual(await commandsAnswer(ROWS, "rows.csv", `answer.${form}`, "--keep"));
    }
    await page.close();
  });

  it("reads a workbook as the command does", async () => {
    const lines = ROWS.trim()
      .split("\r\n")
      .slice(0, 3)
      .map((line) => line.split(",").slice(0, -1));
    const book = workbookOfSheets([{ sheet: "Rows", rows: lines }]);
    const [page, saved] = await openBatch(new File([book as never], "rows.xlsx"), () => undefined);
    await page.until("ready: 1 · OPEN WARNING: 0 · REFUSED: 1");
    expect(await savedAs(page, saved, "csv")).toEqual(await commandsAnswer(book, "rows.xlsx", "answer.csv"));
    await page.close();
  });

  it("says what the command says of a file whose columns are separated otherwise, and reads it when that is stated", async () => {
    const text = ROWS.split("\r\n").slice(0, 2).join("\n").replaceAll(",", ";").replace("41.5", "41,5").concat("\n");
    const [page] = await openBatch(new File([text], "rows.csv"), () => undefined);
    await page.until("The columns are separated by semicolons.");
    page.type("f---separator", ";");
    page.type("f---decimal", ",");
    page.type("f---keep", "yes");
    await page.until("ready: 1 · OPEN WARNING: 0 · REFUSED: 0");
    await page.close();
  });
});
