/*
 * A STUB. These tokens are public, and anybody is whoever they say they are. Put your own sign-in here: it must tell who
 * asks, in which role, and for which site; and for a code break ask for a second factor.
 */
export type Role = "site" | "investigator" | "pharmacy" | "monitor" | "edc";

export interface User {
  readonly name: string;
  readonly role: Role;
  /** People of a site see and allocate its participants only. */
  readonly site?: string;
}

const USERS: Readonly<Record<string, User>> = {
  "stub-site-01": { name: "N. Berg", role: "site", site: "01" },
  "stub-site-02": { name: "L. Moser", role: "site", site: "02" },
  "stub-investigator-01": { name: "Dr A. Okafor", role: "investigator", site: "01" },
  "stub-pharmacy": { name: "Pharmacy", role: "pharmacy" },
  "stub-monitor": { name: "M. Chen", role: "monitor" },
  "stub-edc": { name: "EDC", role: "edc" },
};

/** Who asks, by the header `Authorization: Bearer TOKEN`, or by HTTP Basic with the token as password. */
export function userOf(authorization: string | undefined): User | undefined {
  const [scheme = "", value = ""] = (authorization ?? "").split(" ");
  const token = scheme === "Basic" ? (Buffer.from(value, "base64").toString("utf8").split(":")[1] ?? "") : value;
  return Object.hasOwn(USERS, token) ? USERS[token] : undefined;
}

/** A STUB: the second factor is always the same. */
export function isSecondFactor(code: string | undefined): boolean {
  return code === "000000";
}
