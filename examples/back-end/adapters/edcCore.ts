import { Hono } from "hono";
import type { Office } from "../office.js";
import { userOf } from "../roles.js";

/** What edc-core takes at `POST /studies/{id}/rtsm/assignments`: it keeps the arm in a blinded item. UNBLINDED. */
export interface EdcCoreAssignment {
  readonly subjectKey: string;
  readonly arm: string;
  /** The randomization number: sent again with it, edc-core answers "duplicate". */
  readonly randomizationId: string;
  readonly assignedAt: string;
  readonly strata: Readonly<Record<string, string>>;
  readonly source: string;
}

/** The payload for one participant, for the system account of the EDC alone; the host sends it. */
export function edcCore(office: Office): Hono {
  const app = new Hono();
  app.get("/assignments/:participant", async (context) => {
    if (userOf(context.req.header("Authorization"))?.role !== "edc") return context.json({ error: "refused" }, 401);
    const { participant, number = "", stratum } = await office.participant(context.req.param("participant"));
    const line = (await office.auditTrail()).find((event) => event.participant === participant);
    const payload: EdcCoreAssignment = {
      subjectKey: participant,
      arm: await office.unblindedArm(participant),
      randomizationId: number,
      assignedAt: line?.at ?? "",
      strata: stratum,
      source: "allocell",
    };
    return context.json(payload);
  });
  return app;
}
