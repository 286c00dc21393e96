import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { chainEvent, EMPTY_CONDUCT, openListLog, readLog } from "../../../../src/allocation/index.js";
import { withLock } from "../../../../src/store/disk/index.js";
import { fileStore } from "../../../../src/store/logfile/index.js";
import { allocate, record, STORE_LAWS, StoredLog } from "../../../../src/store/index.js";
import { blindedShape } from "../../../support/conductDesk.js";
import { makeDesk, PLAN } from "../../cli/harness.js";

const folder = mkdtempSync(join(tmpdir(), "allocell-logs-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const WHO = { actor: "N. Berg" };
const ask = (log: StoredLog, n: number): ReturnType<typeof allocate> =>
  allocate(log, { participant: `P-${n}`, stratum: { site: "01", sex: "F" }, ...WHO, request: `r-${n}` });

let count = 0;
let name: string;
beforeEach(() => {
  name = `log-${count++}`;
});
const pathOf = (log: string): string => join(folder, `${log}.log`);

/** A log in the folder with its opening and one participant. */
async function started(store = fileStore(folder)): Promise<StoredLog> {
  const log = new StoredLog({ store, log: name });
  await record(log, openListLog(blindedShape(2, 50)), { ...WHO, request: "open" });
  await ask(log, 1);
  return log;
}

describe("the store in files", () => {
  it.each(STORE_LAWS.map(({ name: law, check }, i) => [law, check, `law-${i}`] as const))(
    "%s",
    async (_, check, log) => {
      await check(fileStore(folder, { unblinded: true }), log);
    },
  );

  it("writes what readLog and the command read, and reads what the command wrote", async () => {
    const desk = makeDesk();
    desk.write("plan.yaml", PLAN);
    await desk.run("list", "plan.yaml", "--test-seed", "x", "--out", "LIST");
    await desk.run("log", "open", "DEMO.log", "--list", "LIST", "--actor", "N. Berg");
    const log = new StoredLog({ store: fileStore(desk.path(".")), log: "DEMO" });
    const request = { participant: "P-1", stratum: { site: "01" }, ...WHO, request: "r-1" };
    expect(await allocate(log, request)).toMatchObject({ number: "TR010001", repeated: false });
    const assign = ["assign", "DEMO.log", "--stratum", "site=01", "--actor", "N. Berg", "--participant"];
    expect(await desk.json(...assign, "P-2")).toMatchObject({ code: 0, answer: { number: "TR010002", event: 3 } });
    expect(await desk.json(...assign, "P-1")).toMatchObject({ answer: { number: "TR010001", assignedBefore: true } });
    expect(await allocate(log, { ...request, participant: "P-3", request: "r-3" })).toMatchObject({ sequence: 3 });
    expect(await desk.json("log", "verify", "DEMO.log", "--list", "LIST")).toMatchObject({
      answer: { whole: true, events: 4 },
    });
  });

  it("two processes that hold one file see each other's events", async () => {
    const one = await started();
    const other = new StoredLog({ store: fileStore(folder), log: name });
    expect(await ask(other, 1)).toMatchObject({ sequence: 1, repeated: true });
    expect(await ask(other, 2)).toMatchObject({ sequence: 2 });
    expect(await ask(one, 3)).toMatchObject({ sequence: 3 });
    expect(readLog(readFileSync(pathOf(name), "utf8")).events).toHaveLength(4);
  });

  it("tries again where somebody else is writing", async () => {
    await started();
    const store = fileStore(folder);
    const path = pathOf(name);
    let busy = 2;
    const append: typeof store.append = (...given) =>
      busy-- > 0 ? withLock(path, path, "2026-03-01T09:00:00Z", () => store.append(...given)) : store.append(...given);
    const log = new StoredLog({ store: { ...store, append }, log: name });
    expect(await ask(log, 2)).toMatchObject({ sequence: 2, repeated: false });
    expect(busy).toBeLessThan(0);
  });

  it("takes the place of a line that was never finished, and refuses an event that was edited", async () => {
    const log = await started();
    appendFileSync(pathOf(name), '{"actor":"N. Be');
    expect(await ask(log, 2)).toMatchObject({ sequence: 2, event: 3 });
    const text = readFileSync(pathOf(name), "utf8");
    writeFileSync(pathOf(name), text.replace("P-1", "P-9"));
    const fresh = new StoredLog({ store: fileStore(folder), log: name });
    await expect(ask(fresh, 3)).rejects.toMatchObject({ code: "conduct.event_edited" });
  });

  it("tells a file that was cut or exchanged, and writes nothing into it", async () => {
    const log = await started();
    const before = readFileSync(pathOf(name), "utf8");
    await ask(log, 2);
    writeFileSync(pathOf(name), before);
    await expect(ask(log, 3)).rejects.toMatchObject({ code: "store.chain_broken" });
    expect(readFileSync(pathOf(name), "utf8")).toBe(before);
    const elsewhere = new StoredLog({ store: fileStore(folder), log: name });
    await ask(elsewhere, 7);
    await ask(elsewhere, 8);
    await expect(ask(log, 3)).rejects.toMatchObject({ code: "store.chain_broken" });
    expect(readLog(readFileSync(pathOf(name), "utf8")).events).toHaveLength(4);
  });

  it("keeps treatments out of a folder for logs without, and from others where they are", async () => {
    const log = await started();
    const wrong = { type: "wrong-treatment", participant: "P-1", given: "cells", reason: "bag" } as const;
    await expect(record(log, wrong, { ...WHO, request: "w" })).rejects.toMatchObject({
      code: "store.treatments_closed",
    });
    const unblinded = new StoredLog({ store: fileStore(folder, { unblinded: true }), log: name });
    await record(unblinded, openListLog(blindedShape(2, 50)), { ...WHO, request: "open" });
    expect(statSync(join(folder, `${name}.UNBLINDED.log`)).mode & 0o777).toBe(0o600);
  });

  it("takes no name that leads out of its folder", async () => {
    await expect(fileStore(folder).head("../other")).rejects.toMatchObject({ code: "store.log_name" });
  });

  it("refuses an event that no reader of the log would take", async () => {
    const store = fileStore(folder);
    const opening = chainEvent(EMPTY_CONDUCT, openListLog(blindedShape(2, 50)), { at: "2026-03-01T09:00:00Z", ...WHO });
    await store.append(name, EMPTY_CONDUCT.head, [opening]);
    const forged = { ...opening, seq: 2, previous: opening.hash };
    await expect(store.append(name, opening.hash, [forged])).rejects.toMatchObject({ code: "conduct.event_edited" });
    expect(await store.head(name)).toMatchObject({ events: 1 });
  });
});
