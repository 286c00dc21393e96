import { spelledAsIn } from "allocell/allocation";
import { Hono } from "hono";
import type { Office } from "../office.js";
import { userOf } from "../roles.js";

/*
 * The randomize call that OpenClinica sends to Sealed Envelope, answered by this service: a form with `identifier`,
 * `siteIdentifier`, `user` and the strata as `question1`, `question2` ...; the answer is JSON with the randomization number
 * as `code`, never a treatment. As OpenClinica 3 sends it (RandomizeService); not certified by either.
 */

/** Where the questions stand among the factors, after the site. */
export interface Questions {
  readonly site: string;
  readonly questions: readonly string[];
}

export function sealedEnvelope(office: Office, { site, questions }: Questions): Hono {
  const app = new Hono();
  const found = async (identifier: string): Promise<{ code: string } | undefined> => {
    const all = await office.participants();
    const own = spelledAsIn(await office.state(), identifier);
    const number = all.find(({ participant }) => participant === own)?.number;
    return number === undefined ? undefined : { code: number };
  };
  app.use(async (context, next) => {
    if (userOf(context.req.header("Authorization"))?.role !== "edc") return context.json({ error: "refused" }, 401);
    await next();
    return undefined;
  });
  app.get("/api/randomisation", async (context) => {
    const answer = await found(context.req.query("identifier") ?? "");
    return answer === undefined ? context.json({ error: "not randomised" }, 404) : context.json(answer);
  });
  // Sites are levels of the list: nothing to be made.
  app.post("/api/sites", (context) => context.json({}));
  app.post("/api/randomise", async (context) => {
    const form = await context.req.parseBody();
    const text = (name: string): string => (typeof form[name] === "string" ? form[name] : "");
    const identifier = text("identifier");
    const answers = questions.map((factor, i) => [factor, text(`question${i + 1}`)] as const);
    const stratum = Object.fromEntries([[site, text("siteIdentifier")] as const, ...answers]);
    // The call has no id of its own: the participant is asked for once.
    const asked = { actor: `OpenClinica: ${text("user")}`, request: `openclinica:${encodeURIComponent(identifier)}` };
    const { number } = await office.allocate(identifier, stratum, asked);
    return context.json({ code: number });
  });
  return app;
}
