import { requireMasterList } from "../../list/index.js";
import { deepFreeze, fail, requireFields } from "../../foundation/index.js";
import type { MasterList, Stratum } from "../../list/index.js";
import { requireArm, type Administrations, type DoseRule, type Trial } from "../../trial/index.js";
import { requireSameTrial } from "../../supply/index.js";
import type { Kit, KitList } from "../../supply/index.js";
import { marked, type Unblinded } from "../../list/index.js";

/** What the trial says about an arm of the list. */
export interface PharmacyArm {
  readonly arm: string;
  readonly label: string;
  /** Absent where the trial's sources state none and the assumptions answer. */
  readonly dose?: DoseRule;
  readonly administrations?: Administrations;
}

/** What an unblinded pharmacy needs: number to arm, arm to dose rule, kit to arm. No block and no ratio. UNBLINDED. */
export interface PharmacyView extends Unblinded {
  readonly format: "allocell-pharmacy-view-1";
  readonly role: "pharmacy";
  readonly status: "LIVE" | "TEST";
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  readonly kitList: string;
  readonly arms: readonly PharmacyArm[];
  readonly rows: readonly { readonly number: string; readonly stratum: Stratum["levels"]; readonly arm: string }[];
  readonly kits: readonly Kit[];
}

/**
 * The view of the unblinded pharmacy, later rows included, because it prepares without asking anybody. UNBLINDED.
 *
 * @throws AllocellError `blinding.trial_differs`, `blinding.status_differs`, `blinding.kit_arm_unknown` (a kit of an arm
 *   that the list does not have), `trial.arm_unknown`
 */
export function pharmacyView(master: MasterList, trial: Trial, kits: KitList): PharmacyView {
  requireMasterList(master);
  requireFields(kits, "a kit list, as generateKits returns it", { list: "text", unblindedKits: "a function" });
  const { plan } = master.unblindedRecord();
  requireTrial(plan.trial, trial);
  requireSameTrial(master, kits);
  const all = kits.unblindedKits().kits;
  const stranger = all.find(({ arm }) => !plan.arms.some((share) => share.arm === arm));
  if (stranger !== undefined) {
    fail(
      "blinding.kit_arm_unknown",
      "kits",
      `Kit list ${kits.list} has kits of an arm that list ${plan.list} has not.`,
      {
        expected: plan.arms.map(({ arm }) => arm).join(", "),
        received: stranger.arm,
        parameters: { kitList: kits.list, list: plan.list },
      },
    );
  }
  return marked(
    deepFreeze({
      world: "unblinded",
      format: "allocell-pharmacy-view-1",
      role: "pharmacy",
      status: master.status,
      trial: plan.trial,
      part: plan.part,
      list: plan.list,
      kitList: kits.list,
      arms: plan.arms.map((share) => {
        const { id, label, dose, administrations } = requireArm(trial, share.arm);
        return {
          arm: id,
          label,
          ...(dose === undefined ? {} : { dose: { ...dose } }),
          ...(administrations === undefined ? {} : { administrations: { ...administrations } }),
        };
      }),
      rows: [...master.unblindedPublishedRows()].map(({ number, stratum, arm }) => ({ number, stratum, arm })),
      kits: all,
    } as const),
  );
}

/** @throws AllocellError `blinding.trial_differs` */
export function requireTrial(planned: string, trial: Trial): void {
  requireFields(trial, "a trial as defineTrial returns it", { id: "text" });
  if (planned === trial.id) return;
  fail("blinding.trial_differs", "trial", `The list is for trial ${planned}, but it was given ${trial.id}.`, {
    expected: planned,
    received: trial.id,
  });
}
