import { blindedConduct, openListLog, spelledAsIn, type ConductState } from "allocell/allocation";
import { codeBreakOf, pharmacyView, type CodeBreak, type PharmacyView } from "allocell/blinding";
import { unblind } from "allocell";
import { boundList } from "allocell/list";
import { allocate, record, StoredLog, type Allocated, type AllocationStore } from "allocell/store";
import { assignKit } from "allocell/supply";
import type { Dispensed, Dispensing } from "./dispensing.js";
import { refuse } from "./refusal.js";
import type { TrialData } from "./trial.js";

export interface OfficeOptions {
  readonly data: TrialData;
  readonly store: AllocationStore;
  readonly dispensing: Dispensing;
}

/** Who asks, and the id of the request. */
export interface Asked {
  readonly actor: string;
  readonly request: string;
}

/** What the service does, without HTTP. Everything that is UNBLINDED says so in its name. */
export class Office {
  readonly #options: OfficeOptions;
  readonly #log: StoredLog;

  private constructor(options: OfficeOptions) {
    this.#options = options;
    this.#log = new StoredLog({ store: options.store, log: options.data.master.list });
  }

  /** Opens the log of the list, where that was not done before. */
  static async open(options: OfficeOptions): Promise<Office> {
    const office = new Office(options);
    const opening = openListLog(boundList(options.data.master));
    await record(office.#log, opening, { actor: "back-end", request: "open" });
    return office;
  }

  state(): Promise<ConductState> {
    return this.#log.state();
  }

  allocate(participant: string, stratum: Readonly<Record<string, string>>, asked: Asked): Promise<Allocated> {
    return allocate(this.#log, { participant, stratum, ...asked });
  }

  /** Participants of a site, or all; numbers, and no treatment. */
  async participants(site?: string): Promise<ReturnType<typeof blindedConduct>["participants"]> {
    const { participants } = blindedConduct(await this.state());
    return participants.filter(({ stratum }) => site === undefined || stratum["site"] === site);
  }

  /** Somebody of the log, by the id in any spelling. */
  async participant(id: string): Promise<ReturnType<typeof blindedConduct>["participants"][number]> {
    const own = spelledAsIn(await this.state(), id);
    const found = (await this.participants()).find(({ participant }) => participant === own);
    return found ?? refuse("backend.not_found", "participant", "Nobody of this id has been allocated.");
  }

  /** The kit for an administration; the same one if it is asked for again. */
  async dispense(number: string, administration: number): Promise<Dispensed> {
    const { data, dispensing } = this.#options;
    const { bindings } = await this.state();
    const stock = data.kits.blinded().kits.map(({ code }) => code);
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const dispensed = await dispensing.all();
      const before = dispensed.find((kit) => kit.number === number && kit.administration === administration);
      if (before !== undefined) return before;
      const { master, kits, kitSeed: seed } = data;
      const { code } = assignKit({ master, kits, seed, number, bindings, administration, stock, dispensed });
      if (await dispensing.add({ number, administration, code })) return { number, administration, code };
    }
    return refuse("backend.busy", "number", "Others took the kits first; ask again.");
  }

  /** UNBLINDED, for the pharmacy. */
  unblindedPharmacy(): PharmacyView {
    const { master, trial, kits } = this.#options.data;
    return pharmacyView(master, trial, kits);
  }

  /** UNBLINDED, of one participant: the event is in the store before the treatment is looked up. */
  async unblindedCodeBreak(id: string, reason: string, { actor, request }: Asked): Promise<CodeBreak> {
    const { participant } = await this.participant(id);
    const { event, receipt, at } = await record(
      this.#log,
      { type: "code-broken", participant, reason },
      { actor, request },
    );
    const state = await this.state();
    const source = this.#options.data.master;
    return codeBreakOf({ state, source, participant, reason, actor, at }, { seq: event, hash: receipt });
  }

  /** UNBLINDED, for a system that holds the treatments itself; nothing is broken, so nothing is recorded. */
  async unblindedArm(id: string): Promise<string> {
    const { participant } = await this.participant(id);
    const request = { state: await this.state(), source: this.#options.data.master, participant };
    return unblind({ ...request, reason: "transfer", actor: "back-end", at: new Date().toISOString() }).codeBreak.arm;
  }

  /** Who did what and when, without reasons (people write treatments into them) and without wrong treatments. */
  async auditTrail(): Promise<readonly AuditLine[]> {
    const { store, data } = this.#options;
    const events = await store.events(data.master.list, 1);
    return events
      .filter(({ type }) => type !== "wrong-treatment")
      .map((event) => ({
        event: event.seq,
        at: event.at,
        actor: event.actor,
        type: event.type,
        ...("participant" in event ? { participant: event.participant } : {}),
        receipt: event.hash,
      }));
  }
}

export interface AuditLine {
  readonly event: number;
  readonly at: string;
  readonly actor: string;
  readonly type: string;
  readonly participant?: string;
  readonly receipt: string;
}
