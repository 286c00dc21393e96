/** What this service refuses by itself; all other codes are allocell's (docs/errors.md). */
export type RefusalCode =
  | "backend.body_invalid"
  | "backend.body_too_large"
  | "backend.busy"
  | "backend.failed"
  | "backend.forbidden"
  | "backend.key_missing"
  | "backend.no_json"
  | "backend.not_found"
  | "backend.unknown_user";

export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly path: string;

  constructor(code: RefusalCode, path: string, message: string) {
    super(message);
    this.code = code;
    this.path = path;
  }
}

export function refuse(code: RefusalCode, path: string, message: string): never {
  throw new Refusal(code, path, message);
}
