import type { Draft } from "../view/draft.js";

/** Reason and name by which a warning is accepted, as typed; the key is the warning's code and path. */
const PREFIX = "accepted\n";

export const overridePath = (code: string, path: string, part: "reason" | "by"): string =>
  [PREFIX.trimEnd(), code, path, part].join("\n");

interface Written {
  readonly code: string;
  readonly path?: string;
  readonly reason: string;
  readonly by: string;
}

/** The warnings that the form accepts: those with a reason and a name. */
export function overridesOf({ texts }: Draft): readonly Written[] {
  const keys = [...texts.keys()].filter((key) => key.startsWith(PREFIX) && key.endsWith("\nreason"));
  return keys.flatMap((key): Written[] => {
    const [, code = "", path = ""] = key.split("\n");
    const reason = (texts.get(key) ?? "").trim();
    const by = (texts.get(overridePath(code, path, "by")) ?? "").trim();
    return reason === "" || by === "" ? [] : [{ code, ...(path === "" ? {} : { path }), reason, by }];
  });
}

export function removeOverride({ texts }: Draft, { code, path = "" }: Pick<Written, "code" | "path">): void {
  texts.delete(overridePath(code, path, "reason"));
  texts.delete(overridePath(code, path, "by"));
}

const CARRIED = "order\noverrides";

/** Moves the accepted warnings of an opened file to where they are shown; anything else stays as it is. */
export function readOverrides(draft: Draft): void {
  const written = draft.carried.get(CARRIED);
  const isText = (value: unknown): boolean => typeof value === "string" || value === undefined;
  const isRead =
    Array.isArray(written) &&
    (written as Record<string, unknown>[]).every(
      ({ code, path, reason, by, ...others }) =>
        [code, path, reason, by].every(isText) && Object.keys(others).length === 0,
    );
  if (!isRead) return;
  draft.carried.delete(CARRIED);
  for (const { code, path = "", reason, by } of written as readonly Written[]) {
    draft.texts.set(overridePath(code, path, "reason"), reason);
    draft.texts.set(overridePath(code, path, "by"), by);
  }
}

/** The data of the form with the warnings that it accepts. */
export function withOverrides(data: Record<string, unknown>, draft: Draft): Record<string, unknown> {
  const overrides = overridesOf(draft);
  if (overrides.length === 0) return data;
  return { ...data, order: { ...(data["order"] as object | undefined), overrides } };
}
