import { planAdministrations } from "../../calendar/index.js";
import { prepare, prescribe } from "../../dose/index.js";
import { parseDoseText, parseWeightKg } from "../../quantity/index.js";
import { type DecisionRecord, recordDecision } from "../../trial/index.js";
import { trialById } from "../../trials/index.js";
import type { Calls, Given } from "./runCase.js";

/** Calls of weights, doses and preparations: those of the pharmacy's page, too. */
export const DOSING_CALLS: Calls = {
  "read a weight": ({ text }: { text: string }) => parseWeightKg(text, "weight"),
  "read a dose": ({ text }: { text: string }) => parseDoseText(text, "dose"),
  prescribe: ({ trial, decision, ...order }: { trial: string; decision?: DecisionRecord }) => {
    const known = trialById(trial);
    const opened = decision === undefined ? known : recordDecision(known, decision);
    const { target, administrations, warnings } = prescribe({ ...order, trial: opened } as never);
    const days = administrations.map(({ studyDay, date }) => (date === undefined ? { studyDay } : { studyDay, date }));
    return { target: target.amount, administrations: days, warnings: warnings.map(({ code }) => code) };
  },
  prepare: ({ order }: { order: Given<typeof prepare> }) => preparationOf(order),
  "plan administrations": (given: Given<typeof planAdministrations>) => planAdministrations(given),
};

function preparationOf(order: Given<typeof prepare>): unknown {
  const made = prepare(order);
  const { target, containers, delivered, infusion, weight, stability, warnings, isReady, rules } = made;
  return {
    target: target.amount.amount,
    uncapped: target.uncapped.amount,
    isCapped: target.isCapped,
    range: target.range,
    containers: containers.map(({ lot, containers: count, drawMl }) => ({ lot, containers: count, drawMl })),
    rules: rules.map(({ byContent, byVolume }) => ({ byContent, byVolume })),
    drawMl: delivered.drawMl,
    exactDrawMl: delivered.exactDrawMl,
    delivered: delivered.amount.amount,
    infusion,
    dosingKg: weight?.dosingKg,
    finishAt: stability?.finishAt,
    warnings: [...warnings.map(({ code }) => code)].sort(),
    isReady,
  };
}
