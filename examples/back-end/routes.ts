import * as z from "zod";
import { refuse } from "./refusal.js";
import type { Asked, Office } from "./office.js";
import { isSecondFactor, type Role, type User } from "./roles.js";

const stratum = z.record(z.string(), z.string());
const participantId = z.string().min(1).max(64);
const position = {
  participant: z.string(),
  number: z.string().describe("randomization number"),
  sequence: z.int().describe("place in the stratum, from 1"),
  stratum,
  event: z.int().describe("place of the event in the log"),
  receipt: z.string().describe("hash of the event: keep it"),
  at: z.string(),
  repeated: z.boolean().describe("it was there before; nothing was written"),
};
const participant = z.strictObject({
  participant: z.string(),
  how: z.string(),
  stratum,
  trueStratum: stratum.optional(),
  sequence: z.int().optional(),
  number: z.string().optional(),
  replaces: z.string().optional(),
  replacedBy: z.string().optional(),
  withdrawn: z.boolean(),
  ineligible: z.boolean(),
  codeBroken: z.boolean(),
});
const auditLine = z.strictObject({
  event: z.int(),
  at: z.string(),
  actor: z.string(),
  type: z.string(),
  participant: z.string().optional(),
  receipt: z.string(),
});

/** What a handler knows of a call. */
export interface Call<Body> {
  readonly office: Office;
  readonly user: User;
  readonly body: Body;
  readonly asked: Asked;
  readonly header: (name: string) => string | undefined;
}

/** One call of the service: who may, what it takes, what it gives. OpenAPI and server both read it. */
export interface Route {
  readonly method: "get" | "post";
  readonly path: string;
  readonly summary: string;
  /** Absent: everybody, without sign-in. */
  readonly roles?: readonly Role[];
  /** Whether `Idempotency-Key` is needed: the id of the request, the same if it is sent again. */
  readonly isRequest?: boolean;
  readonly body?: z.ZodType;
  /** Every answer is held to it: what it does not name never leaves the service. */
  readonly answer: z.ZodType;
  readonly handle: (call: Call<never>) => unknown;
}

function route<Body>(made: Omit<Route, "handle"> & { readonly handle: (call: Call<Body>) => unknown }): Route {
  return made;
}

const forbid = (message: string): never => refuse("backend.forbidden", "", message);

/** People of a site act for their own site only. */
function requireSite(user: User, levels: Readonly<Record<string, string>>): void {
  if (user.site !== undefined && levels["site"] !== user.site) forbid("This is not your site.");
}

export const ROUTES: readonly Route[] = [
  route({
    method: "get",
    path: "/health",
    summary: "Whether the store answers, and where the log ends",
    answer: z.strictObject({ status: z.literal("ok"), events: z.int(), receipt: z.string() }),
    handle: async ({ office }) => {
      const { events, head } = await office.state();
      return { status: "ok", events, receipt: head };
    },
  }),
  route<{ participant: string; stratum: Record<string, string> }>({
    method: "post",
    path: "/allocations",
    summary: "Give a participant the next free number",
    roles: ["site"],
    isRequest: true,
    body: z.strictObject({ participant: participantId, stratum }),
    answer: z.strictObject(position),
    handle: ({ office, user, body, asked }) => {
      requireSite(user, body.stratum);
      return office.allocate(body.participant, body.stratum, asked);
    },
  }),
  route({
    method: "get",
    path: "/participants",
    summary: "Participants and their numbers, without treatments",
    roles: ["site", "investigator", "monitor"],
    answer: z.strictObject({ participants: z.array(participant) }),
    handle: async ({ office, user }) => ({ participants: await office.participants(user.site) }),
  }),
  route<{ participant: string; administration: number }>({
    method: "post",
    path: "/kits",
    summary: "The kit for a participant's administration",
    roles: ["site", "pharmacy"],
    body: z.strictObject({ participant: participantId, administration: z.int().min(1).max(99) }),
    answer: z.strictObject({ number: z.string(), administration: z.int(), code: z.string() }),
    handle: async ({ office, user, body }) => {
      const { number, stratum } = await office.participant(body.participant);
      requireSite(user, stratum);
      return office.dispense(number ?? "", body.administration);
    },
  }),
  route({
    method: "get",
    path: "/pharmacy",
    summary: "UNBLINDED: numbers with arms, dose rules and kits",
    roles: ["pharmacy"],
    answer: z.looseObject({ world: z.literal("unblinded") }),
    handle: ({ office }) => office.unblindedPharmacy(),
  }),
  route<{ participant: string; reason: string }>({
    method: "post",
    path: "/code-breaks",
    summary: "UNBLINDED: the treatment of one participant, in an emergency; recorded before it is told",
    roles: ["investigator"],
    isRequest: true,
    body: z.strictObject({ participant: participantId, reason: z.string().min(1).max(500) }),
    answer: z.looseObject({ participant: z.string(), arm: z.string(), receipt: z.string() }),
    handle: async ({ office, user, body, asked, header }) => {
      if (!isSecondFactor(header("X-Second-Factor"))) forbid("A code break needs the second factor.");
      const { stratum } = await office.participant(body.participant);
      requireSite(user, stratum);
      return office.unblindedCodeBreak(body.participant, body.reason, asked);
    },
  }),
  route({
    method: "get",
    path: "/audit",
    summary: "Who did what and when, without treatments and reasons",
    roles: ["monitor"],
    answer: z.strictObject({ events: z.array(auditLine) }),
    handle: async ({ office }) => ({ events: await office.auditTrail() }),
  }),
];
