import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AllocellError, type ErrorCode } from "allocell";
import { edcCore } from "./adapters/edcCore.js";
import { sealedEnvelope } from "./adapters/sealedEnvelope.js";
import type { Office } from "./office.js";
import { openApi } from "./openapi.js";
import { refuse, Refusal, type RefusalCode } from "./refusal.js";
import { userOf } from "./roles.js";
import { ROUTES, type Route } from "./routes.js";

/** HTTP status by the code of an error; 400 for all others. */
const STATUS: Readonly<Partial<Record<ErrorCode | RefusalCode, ContentfulStatusCode>>> = {
  "backend.unknown_user": 401,
  "backend.forbidden": 403,
  "backend.not_found": 404,
  "conduct.participant_assigned": 409,
  "conduct.stratum_exhausted": 409,
  "conduct.cap_reached": 409,
  "store.request_differs": 422,
  "backend.busy": 503,
  "store.busy": 503,
  "store.unavailable": 503,
};

/** An error for whoever asks: of what nobody foresaw nothing but that it failed. */
function told(context: Context, error: unknown): Response {
  if (!AllocellError.is(error) && !(error instanceof Refusal))
    return context.json({ error: { code: "backend.failed", message: "It failed.", path: "" } }, 500);
  const { code, message, path } = error instanceof Refusal ? error : error.issues[0];
  return context.json({ error: { code, message, path } }, STATUS[code] ?? 400);
}

async function bodyOf(context: Context, { body }: Route): Promise<unknown> {
  if (body === undefined) return undefined;
  let read: unknown;
  try {
    read = await context.req.json();
  } catch {
    return refuse("backend.no_json", "body", "The body is no JSON.");
  }
  const parsed = body.safeParse(read);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return refuse("backend.body_invalid", issue?.path.join(".") ?? "", issue?.message ?? "The body cannot be read.");
}

async function answer(context: Context, office: Office, route: Route): Promise<Response> {
  const { roles, isRequest } = route;
  const user = userOf(context.req.header("Authorization"));
  if (roles !== undefined && user === undefined) refuse("backend.unknown_user", "", "Sign in first.");
  if (roles !== undefined && user !== undefined && !roles.includes(user.role)) {
    refuse("backend.forbidden", "", "Your role may not do this.");
  }
  const request = context.req.header("Idempotency-Key") ?? "";
  if (isRequest === true && request === "") refuse("backend.key_missing", "Idempotency-Key", "A request needs its id.");
  const body = await bodyOf(context, route);
  const someone = user ?? { name: "nobody", role: "monitor" };
  const asked = { actor: someone.name, request };
  const header = (name: string): string | undefined => context.req.header(name);
  const given = await route.handle({ office, user: someone, body, asked, header } as never);
  // An answer with a field that its schema does not name is a mistake of ours: it fails, and nothing is told.
  return context.json(route.answer.parse(given) as object);
}

/** What is logged of a call: never a body, a query or an answer. */
export interface LogLine {
  readonly at: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly actor: string;
}

/** The whole service. `log` gets a line for each call. */
export function createApp(office: Office, log: (line: LogLine) => void): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    const start = performance.now();
    await next();
    const milliseconds = Math.round(performance.now() - start);
    const actor = userOf(context.req.header("Authorization"))?.name ?? "nobody";
    const route = ROUTES.find(({ path }) => path === context.req.path)?.path ?? "other";
    log({
      at: new Date().toISOString(),
      method: context.req.method,
      route,
      status: context.res.status,
      milliseconds,
      actor,
    });
  });
  const tooLarge = (context: Context): Response =>
    context.json(
      { error: { code: "backend.body_too_large", message: "A body has at most 16 kB.", path: "body" } },
      413,
    );
  app.use(bodyLimit({ maxSize: 16_384, onError: tooLarge }));
  app.onError((error, context) => told(context, error));
  app.notFound((context) =>
    context.json({ error: { code: "backend.not_found", message: "No such call.", path: "" } }, 404),
  );
  for (const route of ROUTES) app.on(route.method, route.path, (context) => answer(context, office, route));
  app.get("/openapi.json", (context) => context.json(openApi()));
  app.route("/sealed-envelope", sealedEnvelope(office, { site: "site", questions: [] }));
  app.route("/edc-core", edcCore(office));
  return app;
}
