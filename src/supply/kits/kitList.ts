import { deepFreeze, describeReceived, fail, foldId, hideFields, requireString } from "../../foundation/index.js";
import { marked, type Blinded, type Unblinded } from "../../list/index.js";
import type { KitPlan } from "./kitPlan.js";

/** One kit with its treatment. UNBLINDED. */
export interface Kit {
  readonly code: string;
  /** Number of the batch, from 1. */
  readonly batch: number;
  readonly arm: string;
}

/** A kit list without treatments: what a depot or a site may hold. */
export interface BlindedKitList extends Blinded {
  readonly format: "allocell-kit-list-1";
  readonly status: "LIVE" | "TEST";
  readonly trial: string;
  readonly list: string;
  readonly kits: readonly { readonly code: string; readonly batch: number }[];
}

/** A kit list with its treatments. UNBLINDED. */
export interface UnblindedKits extends Unblinded {
  readonly format: "allocell-unblinded-kit-list-1";
  readonly status: "LIVE" | "TEST";
  readonly algorithm: string;
  readonly trial: string;
  readonly list: string;
  readonly kits: readonly Kit[];
}

const HIDDEN = "[kit list: unblinded]";

/**
 * Which kit holds which treatment. Like the master list it shows a treatment only through methods whose names say
 * *unblinded*; JSON, string conversion, spreading and debugger print-outs show none.
 */
export class KitList {
  readonly status: "LIVE" | "TEST";
  readonly list: string;
  readonly #plan: KitPlan;
  readonly #algorithm: string;
  readonly #seedMark: string;
  /** By the one form of a code, so that a code typed in small letters is found. */
  readonly #kits: ReadonlyMap<string, Kit>;

  constructor(parts: {
    readonly plan: KitPlan;
    readonly status: "LIVE" | "TEST";
    readonly algorithm: string;
    readonly seedMark: string;
    readonly kits: readonly Kit[];
  }) {
    this.status = parts.status;
    this.list = parts.plan.list;
    this.#plan = parts.plan;
    this.#algorithm = parts.algorithm;
    this.#seedMark = parts.seedMark;
    this.#kits = new Map(parts.kits.map((kit) => [foldId(kit.code), kit]));
    hideFields(this, HIDDEN);
    Object.freeze(this);
  }

  /** Everything but the kits: the plan with its counts, the algorithm, and the mark of the seed. Unblinded. */
  unblindedRecord(): {
    readonly plan: KitPlan;
    readonly status: "LIVE" | "TEST";
    readonly algorithm: string;
    readonly seedMark: string;
  } {
    const [plan, algorithm, seedMark] = [this.#plan, this.#algorithm, this.#seedMark];
    return Object.freeze({ plan, status: this.status, algorithm, seedMark });
  }

  /** All kits with their treatments, batch by batch, by code within a batch. Unblinded. */
  unblindedKits(): UnblindedKits {
    return marked(
      deepFreeze({
        world: "unblinded",
        format: "allocell-unblinded-kit-list-1",
        status: this.status,
        algorithm: this.#algorithm,
        trial: this.#plan.trial,
        list: this.list,
        kits: [...this.#kits.values()],
      } as const),
    );
  }

  /**
   * The arm of a kit. Unblinded.
   *
   * @throws AllocellError `blinding.kit_unknown`
   */
  unblindedArmOf(code: string): string {
    return this.#kitOf(code).arm;
  }

  /**
   * A code as the list spells it.
   *
   * @throws AllocellError `blinding.kit_unknown`
   */
  spelled(code: string): string {
    return this.#kitOf(code).code;
  }

  #kitOf(code: string): Kit {
    requireString(code, "code", "the code of a kit");
    const kit = this.#kits.get(foldId(code));
    if (kit !== undefined) return kit;
    return fail("blinding.kit_unknown", "code", `Kit list ${this.list} has no kit of this code.`, {
      expected: "a code of the list; see checkKitCode for a mistyped one",
      received: describeReceived(code),
      parameters: { list: this.list },
    });
  }

  /** The list without treatments: codes with their batches, in an order that says nothing. */
  blinded(): BlindedKitList {
    return marked(
      deepFreeze({
        world: "blinded",
        format: "allocell-kit-list-1",
        status: this.status,
        trial: this.#plan.trial,
        list: this.list,
        kits: [...this.#kits.values()].map(({ code, batch }) => ({ code, batch })),
      } as const),
    );
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }
}
