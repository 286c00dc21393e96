import { toEdcCoreAssignment } from "allocell/exchange";
import { Hono } from "hono";
import type { Office } from "../office.js";
import { userOf } from "../roles.js";

/** The payload for one participant, for the system account of the EDC alone; the host sends it. */
export function edcCore(office: Office): Hono {
  const app = new Hono();
  app.get("/assignments/:participant", async (context) => {
    if (userOf(context.req.header("Authorization"))?.role !== "edc") return context.json({ error: "refused" }, 401);
    const { participant, number = "", stratum } = await office.participant(context.req.param("participant"));
    const line = (await office.auditTrail()).find((event) => event.participant === participant);
    const assigned = { participant, number, at: line?.at ?? "", stratum };
    return context.json(toEdcCoreAssignment(assigned, await office.unblindedArm(participant)));
  });
  return app;
}
