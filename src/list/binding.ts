import { requireMasterList } from "./requireList.js";
import { RunningDigest, deepFreeze, digestOf, fail, requireFields } from "../foundation/index.js";
import type { BlindedList } from "./blindedList.js";
import { toMasterCsv, toMasterJson } from "./listFile.js";
import type { MasterList } from "./masterList.js";
import { planHash } from "./manifest.js";
import type { Plan } from "./plan.js";

/** All that a binding is computed from. UNBLINDED. */
export interface BindingParts {
  /** 64 hex digits that follow from the seed and from nothing else; they hide everything below. */
  readonly opening: string;
  readonly plan: Plan;
  /** SHA-256 of the bytes of the master list as CSV and as JSON. */
  readonly csv: string;
  readonly json: string;
  /** Binding of the shorter list that this one extends. */
  readonly extends?: string;
}

/** A blinded list with the value that ties a log to its master list. It says nothing of any treatment. */
export interface BoundList extends BlindedList {
  /** 64 hex digits. */
  readonly binding: string;
  /** Binding of the shorter list that this one extends. */
  readonly extends?: string;
}

/**
 * The value that ties a log to one master list: whoever holds it learns nothing of the list, because `opening` is
 * secret and cannot be guessed; and no other master list, plan or seed leads to it.
 *
 * @returns SHA-256 of the canonical JSON, 64 lowercase hex digits
 */
export function bindingOf(parts: BindingParts): string {
  requireFields(parts, "what a binding is made of", { opening: "text", plan: "a map", csv: "text", json: "text" });
  const { opening, plan, csv, json, extends: before } = parts;
  return digestOf({
    format: "allocell-binding-1",
    opening,
    planHash: planHash(plan),
    csv,
    json,
    ...(before === undefined ? {} : { extends: before }),
  });
}

/** {@link bindingOf} a list at hand. */
export function listBinding(list: MasterList): string {
  requireMasterList(list);
  return list.binding(computeBinding);
}

function computeBinding(list: MasterList): string {
  const { plan, opening, extends: before } = list.unblindedRecord();
  return bindingOf({
    opening,
    plan,
    csv: sha256Of(toMasterCsv(list)),
    json: sha256Of(toMasterJson(list)),
    ...(before === undefined ? {} : { extends: before }),
  });
}

/**
 * What a log is opened and extended with: the blinded list and its binding.
 *
 * @example
 * const opened = openListLog(boundList(master));
 */
export function boundList(list: MasterList): BoundList {
  requireMasterList(list);
  const { extends: before } = list.unblindedRecord();
  return deepFreeze({
    ...list.blinded(),
    binding: listBinding(list),
    ...(before === undefined ? {} : { extends: before }),
  });
}

function sha256Of(pieces: Iterable<string>): string {
  const digest = new RunningDigest();
  for (const piece of pieces) digest.update(piece);
  return digest.finish();
}

/**
 * Refuses treatments of any list but the log's own, or one of its extensions: a code break from another list would name
 * a wrong treatment.
 *
 * @param log - the state of a log, or what `blindedConduct` gives of it
 * @param binding - of the list that was read: {@link listBinding} or {@link bindingOf}
 * @throws AllocellError `custody.list_differs`
 */
export function requireBoundList(
  log: { readonly bindings: readonly string[] },
  binding: string,
  path = "source",
): void {
  requireFields(log, "the state of a log", { bindings: "a list" });
  if (log.bindings.includes(binding)) return;
  fail("custody.list_differs", path, "These treatments are not those of the list that the log was opened with.", {
    expected: "the unaltered master list with which the log was opened, or was extended since",
    received: "another list, or an altered one",
  });
}
