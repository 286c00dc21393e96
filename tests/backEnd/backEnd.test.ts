import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build } from "vite";
import type { LogLine } from "../../examples/back-end/app.js";
import { memoryDispensing } from "../../examples/back-end/dispensing.js";
import { Office } from "../../examples/back-end/office.js";
import { openApi } from "../../examples/back-end/openapi.js";
import { startServer, type Running } from "../../examples/back-end/server.js";
import { exampleTrial } from "../../examples/back-end/trial.js";
import { memoryStore, type AllocationStore } from "../../src/store/index.js";

const data = exampleTrial();
const arms = new Map([...data.master.unblindedRows()].map(({ number, arm }) => [number, arm]));
const TREATMENT = /\b(low|medium|high|placebo)\b/i;

let office: Office;
let running: Running;
let store: AllocationStore;
const lines: LogLine[] = [];
/** Every answer that was not for unblinded people, errors included. */
const blindedTexts: string[] = [];

beforeAll(async () => {
  store = memoryStore();
  office = await Office.open({ data, store, dispensing: memoryDispensing() });
  running = await startServer(office, 0, (line) => lines.push(line));
});
afterAll(() => running.close());

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly error?: { readonly code: string } };
}

const UNBLINDED = ["/pharmacy", "/code-breaks", "/edc-core"];

interface Sent extends Omit<RequestInit, "headers"> {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function call(path: string, init: Sent = {}): Promise<Answer> {
  const { token, headers, ...rest } = init;
  const sent = { ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }), ...headers };
  const response = await fetch(`${running.url}${path}`, { ...rest, headers: sent });
  const text = await response.text();
  const isUnblinded = UNBLINDED.some((start) => path.startsWith(start)) && response.ok;
  if (!isUnblinded) blindedTexts.push(text + JSON.stringify([...response.headers]));
  return { status: response.status, body: JSON.parse(text) as Answer["body"] };
}

const post = (
  path: string,
  token: string,
  body: object,
  key?: string,
  more: Record<string, string> = {},
): Promise<Answer> =>
  call(path, {
    token,
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", ...(key === undefined ? {} : { "Idempotency-Key": key }), ...more },
  });
const allocate = (participant: string, site = "01", key = `key-${participant}`): Promise<Answer> =>
  post("/allocations", `stub-site-${site}`, { participant, stratum: { site } }, key);

describe("allocations over HTTP", () => {
  it("are given to many at the same time, each number once", async () => {
    const asked = Array.from({ length: 40 }, (_, i) => allocate(`P-${i}`, i % 2 === 0 ? "01" : "02"));
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => body["number"])).size).toBe(40);
  });

  it("are answered again: by the same key, and by a new one for the same participant", async () => {
    const [first, again, click] = [await allocate("R-1"), await allocate("R-1"), await allocate("R-1", "01", "other")];
    expect(again.body).toEqual({ ...first.body, repeated: true });
    expect(click.body).toEqual({ ...first.body, repeated: true });
    expect(await allocate("R-2", "01", "key-R-1")).toMatchObject({
      status: 422,
      body: { error: { code: "store.request_differs" } },
    });
  });

  it.each([
    ["no sign-in", "", { participant: "X", stratum: { site: "01" } }, "k", 401],
    ["another role", "stub-monitor", { participant: "X", stratum: { site: "01" } }, "k", 403],
    ["another site", "stub-site-01", { participant: "X", stratum: { site: "02" } }, "k", 403],
    ["no key", "stub-site-01", { participant: "X", stratum: { site: "01" } }, undefined, 400],
    ["an unknown field", "stub-site-01", { participant: "X", stratum: { site: "01" }, arm: "low" }, "k", 400],
    ["no participant", "stub-site-01", { stratum: { site: "01" } }, "k", 400],
    ["a level too many", "stub-site-01", { participant: "X", stratum: { site: "01", sex: "F" } }, "k", 400],
  ])("are refused with %s", async (_, token, body, key, status) => {
    expect((await post("/allocations", token, body, key)).status).toBe(status);
  });
});

describe("kits", () => {
  it("are dispensed once for an administration, of the participant's arm, whoever asks at the same time", async () => {
    const { body } = await allocate("K-1");
    const ask = (administration: number): Promise<Answer> =>
      post("/kits", "stub-site-01", { participant: "K-1", administration });
    const answers = await Promise.all([ask(1), ask(1), ask(2)]);
    const spelled = await post("/kits", "stub-site-01", { participant: "ｋ-1", administration: 1 });
    expect(spelled.body).toEqual(answers[0].body);
    const [one, same, two] = answers.map((answer) => answer.body["code"] as string);
    expect(same).toBe(one);
    expect(two).not.toBe(one);
    for (const code of [one, two])
      expect(data.kits.unblindedArmOf(code ?? "")).toBe(arms.get(body["number"] as string));
    expect((await post("/kits", "stub-site-02", { participant: "K-1", administration: 3 })).status).toBe(403);
  });
});

describe("unblinded people", () => {
  it("a code break tells one participant, needs the second factor, and is in the audit trail before", async () => {
    const { body: allocated } = await allocate("B-1");
    const ask = (factor: string, participant = "B-1"): Promise<Answer> =>
      post("/code-breaks", "stub-investigator-01", { participant, reason: "SAE 4" }, "break-1", {
        "X-Second-Factor": factor,
      });
    expect((await ask("111111")).status).toBe(403);
    const { status, body } = await ask("000000");
    expect([status, body["arm"]]).toEqual([200, arms.get(allocated["number"] as string)]);
    // Of one participant: their number and no other, and one arm.
    expect(JSON.stringify(body).match(/TR\d{6}/g)).toEqual([allocated["number"]]);
    for (const spelling of ["B-1", "b-1"]) expect((await ask("000000", spelling)).body).toEqual(body);
    const audit = await call("/audit", { token: "stub-monitor" });
    const broken = (audit.body["events"] as { type: string; participant: string }[]).filter(
      ({ type }) => type === "code-broken",
    );
    expect(broken).toMatchObject([{ participant: "B-1", actor: "Dr A. Okafor", receipt: body["receipt"] }]);
    expect(await allocate("B-1")).toMatchObject({ status: 200 });
  });

  it("the pharmacy sees numbers, arms and kits, and nobody else does", async () => {
    const { status, body } = await call("/pharmacy", { token: "stub-pharmacy" });
    expect([status, (body["kits"] as unknown[]).length]).toEqual([200, 160]);
    for (const token of ["stub-site-01", "stub-monitor", "stub-investigator-01", "stub-edc"]) {
      expect((await call("/pharmacy", { token })).status).toBe(403);
    }
  });
});

describe("what other systems send and take", () => {
  const basic = `Basic ${Buffer.from("oc:stub-edc").toString("base64")}`;
  const form = (body: Record<string, string>, Authorization = basic): Sent => ({
    method: "POST",
    headers: { Authorization },
    body: new URLSearchParams(body),
  });

  it("OpenClinica's call to Sealed Envelope gets a number as its code, the same one again", async () => {
    const start = "/sealed-envelope/api";
    const get = (identifier: string): Promise<Answer> =>
      call(`${start}/randomisation?identifier=${identifier}`, { headers: { Authorization: basic } });
    expect((await get("OC-1")).status).toBe(404);
    await call(`${start}/sites`, form({ siteIdentifier: "01", name: "Site 01", timezone: "Europe/Vienna" }));
    const first = await call(`${start}/randomise`, form({ identifier: "OC-1", siteIdentifier: "01", user: "jane" }));
    const again = await call(`${start}/randomise`, form({ identifier: "OC-1", siteIdentifier: "01", user: "jane" }));
    expect(first.body).toEqual({ code: expect.stringMatching(/^TR\d{6}$/) as string });
    expect([again.body, (await get("OC-1")).body]).toEqual([first.body, first.body]);
    expect((await call(`${start}/randomise`, form({ identifier: "OC-2" }, "Basic eDp5"))).status).toBe(401);
  });

  it("edc-core's assignment has the arm, for the system account alone", async () => {
    const { body } = await allocate("E-1");
    const path = "/edc-core/assignments/E-1";
    const { body: payload } = await call(path, { token: "stub-edc" });
    const number = body["number"] as string;
    expect(payload).toEqual({
      subjectKey: "E-1",
      arm: arms.get(number),
      randomizationId: number,
      assignedAt: body["at"],
      strata: { site: "01" },
      source: "allocell",
    });
    expect((await call(path, { token: "stub-site-01" })).status).toBe(401);
  });
});

describe("a hostile network", () => {
  it.each([
    ["{", 400, "backend.no_json"],
    ["", 400, "backend.no_json"],
    ["[]", 400, "backend.body_invalid"],
    [`{"participant":"${"x".repeat(20_000)}"}`, 413, "backend.body_too_large"],
  ])("a body that begins %.12j is refused", async (body, status, code) => {
    const headers = { "Idempotency-Key": "k", "Content-Type": "application/json" };
    const answer = await call("/allocations", { token: "stub-site-01", method: "POST", body, headers });
    expect(answer).toMatchObject({ status, body: { error: { code } } });
  });

  it("a body without a stated length is counted as it comes", async () => {
    const status = await new Promise<number | string>((resolve) => {
      const headers = { Authorization: "Bearer stub-site-01", "Idempotency-Key": "k", "Transfer-Encoding": "chunked" };
      const sent = httpRequest(`${running.url}/allocations`, { method: "POST", headers }, ({ statusCode }) => {
        resolve(statusCode ?? 0);
      });
      sent.on("error", (error: NodeJS.ErrnoException) => {
        resolve(error.code ?? "");
      });
      for (let i = 0; i < 40; i += 1) sent.write("x".repeat(1_000));
      sent.end();
    });
    expect(status).toBe(413);
  });

  it("who sends too slowly is cut off, and the others are served", async () => {
    const { port } = new URL(running.url);
    const slow = connect(Number(port), "127.0.0.1");
    slow.on("error", () => undefined);
    slow.write("POST /allocations HTTP/1.1\r\nHost: x\r\n");
    const cut = new Promise<string>((resolve) => {
      let text = "";
      slow.on("data", (piece: Buffer) => (text += piece.toString()));
      slow.on("close", () => {
        resolve(text);
      });
    });
    expect((await call("/health")).status).toBe(200);
    expect(await cut).toContain("408");
  }, 120_000);

  it("a store that fails is told by its code, and unknown calls by theirs", async () => {
    const failing: AllocationStore = { ...store, events: () => Promise.reject(new Error("placebo in a row")) };
    const broken = await Office.open({ data, store: { ...store }, dispensing: memoryDispensing() });
    const other = await startServer(broken, 0, (line) => lines.push(line));
    Object.assign(broken, { state: () => failing.events("x", 1) });
    const response = await fetch(`${other.url}/health`);
    const text = await response.text();
    blindedTexts.push(text);
    expect([response.status, text]).toEqual([500, expect.stringContaining("backend.failed")]);
    await other.close();
    expect((await call("/nowhere")).body.error?.code).toBe("backend.not_found");
  });
});

describe("the document of the interface", () => {
  it("has every call, with the schemas that the service checks with", async () => {
    const { body } = await call("/openapi.json");
    expect(body).toEqual(JSON.parse(JSON.stringify(openApi())));
    const paths = body["paths"] as Record<string, object>;
    expect(Object.keys(paths)).toEqual([
      "/health",
      "/allocations",
      "/participants",
      "/kits",
      "/pharmacy",
      "/code-breaks",
      "/audit",
    ]);
  });
});

describe("the programs beside it", () => {
  it("the script asks for a number, a kit and the participants", async () => {
    const printed: string[] = [];
    const { log, argv } = { log: console.log, argv: process.argv };
    console.log = (line: string): number => printed.push(line);
    process.argv = ["node", "client.mjs", running.url];
    try {
      await import(/* @vite-ignore */ new URL("../../examples/back-end/client.mjs", import.meta.url).href);
    } finally {
      console.log = log;
      process.argv = argv;
    }
    blindedTexts.push(printed.join("\n"));
    expect(printed).toMatchObject(
      [/has number TR01/, /kit TKM/, /allocated so far/].map((form) => expect.stringMatching(form) as string),
    );
  });

  it("the page builds with plain Vite", async () => {
    const root = fileURLToPath(new URL("../../examples/back-end/browser", import.meta.url));
    const built = await build({ root, logLevel: "silent", build: { write: false } });
    const files = (Array.isArray(built) ? built : [built]).flatMap((one) => ("output" in one ? one.output : []));
    expect(files.map(({ fileName }) => fileName)).toEqual(expect.arrayContaining(["index.html"]));
  });
});

describe("nothing unblinded", () => {
  it("is in any answer or error of a blinded role, or in any line of the log", () => {
    expect(blindedTexts.length).toBeGreaterThan(60);
    const found = blindedTexts.filter((text) => TREATMENT.test(text.replace("Your role may not do this.", "")));
    // The interface's document names no treatment either; an unknown field is refused by its name alone.
    expect(found).toEqual([]);
    expect(lines.length).toBeGreaterThan(60);
    expect(lines.filter((line) => TREATMENT.test(JSON.stringify(line)))).toEqual([]);
    expect(Object.keys(lines[0] ?? {})).toEqual(["at", "method", "route", "status", "milliseconds", "actor"]);
  });
});
