/**
 * A second program for dose escalation, written to docs/escalation.md in another structure: one table of
 * counts, plain functions, the isotonic estimate by the max-min formula.
 */
type Q = readonly [top: bigint, bottom: bigint];
type Rule = Readonly<Record<string, unknown>> & { readonly kind: string };
export interface Plan {
  readonly levels: readonly unknown[];
  readonly startLevel: number;
  readonly rule: Rule;
}
export interface Answer {
  readonly action: string;
  readonly level: number | null;
  readonly size: number;
  readonly recommended?: number | null;
}
/** One cohort as treated. */
export interface Given {
  readonly level: number;
  readonly safe: number;
  readonly toxic: number;
}

const q = (text: unknown): Q => {
  const [a = "", b] = String(text).split("/");
  if (b !== undefined) return [BigInt(a), BigInt(b)];
  const [whole = "0", decimals = ""] = a.split(".");
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
};
const less = (a: Q, b: Q): boolean => a[0] * b[1] < b[0] * a[1];
const add = (a: Q, b: Q): Q => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
const sub = (a: Q, b: Q): Q => [a[0] * b[1] - b[0] * a[1], a[1] * b[1]];
const mul = (a: Q, b: Q): Q => [a[0] * b[0], a[1] * b[1]];
const div = (a: Q, b: Q): Q => [a[0] * b[1], a[1] * b[0]];
const size = (a: Q): Q => [a[0] < 0n ? -a[0] : a[0], a[1]];
const real = (a: Q): number => Number((a[0] * 10n ** 18n) / a[1]) / 1e18;
const pascal: bigint[][] = [[1n]];
const choose = (n: number, k: number): bigint => {
  while (pascal.length <= n) {
    const last = pascal.at(-1)!;
    pascal.push([1n, ...last.map((own, i) => own + (last[i + 1] ?? 0n))]);
  }
  return pascal[n]![k] ?? 0n;
};

/** P(rate > t | x of n). */
function above([a, b]: Q, n: number, x: number): Q {
  let top = 0n;
  for (let k = 0; k <= x; k += 1) top += choose(n + 1, k) * a ** BigInt(k) * (b - a) ** BigInt(n + 1 - k);
  return [top, b ** BigInt(n + 1)];
}

function ownLetter(rule: Rule, n: number, x: number): string {
  if (rule.kind === "own-table") {
    const cells = rule["cells"] as { n: number; dlt: number; decision: string }[];
    const names: Record<string, string> = { escalate: "E", stay: "S", "de-escalate": "D", eliminate: "U", stop: "X" };
    return names[cells.find((cell) => cell.n === n && cell.dlt === x)?.decision ?? ""] ?? "?";
  }
  const t = q(rule["target"]);
  if (rule.kind === "boin") {
    const [p, low, high] = [real(t), real(q(rule["tooLow"])), real(q(rule["tooHigh"]))];
    const up = Math.log((1 - low) / (1 - p)) / Math.log((p * (1 - low)) / (low * (1 - p)));
    const down = Math.log((1 - p) / (1 - high)) / Math.log((high * (1 - p)) / (p * (1 - high)));
    return x / n <= up + 1e-13 ? "E" : x / n >= down - 1e-13 ? "D" : "S";
  }
  const interval = rule["equivalence"] as { below: string; above: string };
  const [from, to] = [sub(t, q(interval.below)), add(t, q(interval.above))];
  const share = (count: number): Q => [BigInt(count), BigInt(n)];
  if (rule.kind === "i3+3") {
    if (less(share(x), from)) return "E";
    if (!less(to, share(x))) return "S";
    return less(share(x - 1), from) ? "S" : "D";
  }
  const width = sub(to, from);
  const mass = (u: Q, v: Q): Q => div(sub(above(u, n, x), above(v, n, x)), sub(v, u));
  let best: readonly [Q, string] = [mass(from, to), "S"];
  const look = (u: Q, v: Q, letter: string): void => {
    if (rule["shortIntervals"] === "dropped" && less(sub(v, u), width)) return;
    const own = mass(u, v);
    if (less(best[0], own)) best = [own, letter];
  };
  for (let u = to; less(u, [1n, 1n]); u = add(u, width))
    look(u, less(add(u, width), [1n, 1n]) ? add(u, width) : [1n, 1n], "D");
  for (let v = from; less([0n, 1n], v); v = sub(v, width))
    look(less([0n, 1n], sub(v, width)) ? sub(v, width) : [0n, 1n], v, "E");
  return best[1];
}

function letterOf(rule: Rule, n: number, x: number): string {
  const { elimination } = rule as unknown as { elimination?: { cutoff: string; minimum: number } };
  const isOut =
    elimination !== undefined &&
    n >= elimination.minimum &&
    less(q(elimination.cutoff), above(q(rule["target"]), n, x));
  return isOut ? "U" : ownLetter(rule, n, x);
}

/** Isotonic estimates by max over the beginnings of the min over the ends of weighted means. */
function isotonic(
  counts: readonly (readonly [level: number, n: number, x: number])[],
): readonly (readonly [number, Q])[] {
  const parts = counts.map(([, n, x]) => {
    const [a, b, s] = [BigInt(20 * x + 1), BigInt(20 * (n - x) + 1), BigInt(20 * n + 2)];
    const variance: Q = [20n * a * b, s * s * (s + 20n)];
    return { mean: [a, s] as Q, weight: div([1n, 1n], variance) };
  });
  const mean = (from: number, to: number): Q => {
    const own = parts.slice(from, to + 1);
    const weight = own.reduce<Q>((sum, part) => add(sum, part.weight), [0n, 1n]);
    return div(
      own.reduce<Q>((sum, part) => add(sum, mul(part.mean, part.weight)), [0n, 1n]),
      weight,
    );
  };
  return counts.map(([level], i) => {
    let most: Q | undefined;
    for (let from = 0; from <= i; from += 1) {
      let least = mean(from, i);
      for (let to = i + 1; to < counts.length; to += 1) if (less(mean(from, to), least)) least = mean(from, to);
      if (most === undefined || less(most, least)) most = least;
    }
    return [level, most!];
  });
}

function selected(rule: Rule, n: readonly number[], x: readonly number[]): number | null {
  const selection = rule["selection"] as { target?: string };
  const target = q(selection.target ?? rule["target"]);
  const closed = n.findIndex((count, i) => count > 0 && letterOf(rule, count, x[i]!) === "U");
  const last = closed < 0 ? n.length : closed;
  const seen = n.flatMap((count, i) => (count > 0 && i < last ? [[i + 1, count, x[i]!] as const] : []));
  let best: readonly [level: number, distance: Q, estimate: Q] | undefined;
  for (const [level, estimate] of isotonic(seen)) {
    const distance = size(sub(estimate, target));
    const isTie = best !== undefined && !less(distance, best[1]) && !less(best[1], distance);
    if (best === undefined || less(distance, best[1]) || (isTie && less(estimate, target)))
      best = [level, distance, estimate];
  }
  return best?.[0] ?? null;
}

interface State {
  readonly n: number[];
  readonly x: number[];
  c: number;
  h: number;
}
type Verdict = Answer & { readonly h: number };
const stop = (h: number, recommended: number | null): Verdict => ({
  action: "stop",
  level: null,
  size: 0,
  recommended,
  h,
});

function threePlusThree(rule: Rule, { n, x, c, h }: State): Verdict {
  const isToxic = (j: number): boolean => (n[j - 1] === 3 || n[j - 1]! >= 6) && x[j - 1]! >= 2;
  const missing = (j: number): number => (n[j - 1]! < 3 ? 3 : 6) - n[j - 1]!;
  const decide = (): Verdict => {
    for (let j = 1; j <= c; j += 1) {
      if (!isToxic(j)) continue;
      if (rule["variant"] === "escalate-only") return stop(h, j === 1 ? null : j - 1);
      if (j === 1) return stop(h, null);
      if (n[j - 2]! < 6) return { action: "de-escalate", level: j - 1, size: missing(j - 1), h };
      for (let k = j - 1; k >= 1; k -= 1) if (n[k - 1]! >= 6 && x[k - 1]! <= 1) return stop(h, k);
      return stop(h, null);
    }
    const here = n[c - 1]!;
    if (here < 3 || here === 4 || here === 5) return { action: "stay", level: c, size: missing(c), h };
    if (here === 3 && x[c - 1] === 1) return { action: "stay", level: c, size: 3, h };
    const isOpen = c < n.length && x[c]! < 2 && n[c]! < 6;
    if (isOpen) return { action: "escalate", level: c + 1, size: missing(c + 1), h };
    return rule["needSixAtMtd"] === true && here < 6 ? { action: "stay", level: c, size: 6 - here, h } : stop(h, c);
  };
  const verdict = decide();
  const total = n.reduce((sum, count) => sum + count, 0);
  const { maxTotal } = rule;
  return verdict.action !== "stop" && typeof maxTotal === "number" && total + verdict.size > maxTotal
    ? stop(h, null)
    : verdict;
}

function cohortAt(rule: Rule, total: number): number {
  const sizes = rule["cohorts"] as number[];
  let edge = 0;
  for (let i = 0; ; i += 1) {
    edge += sizes[Math.min(i, sizes.length - 1)]!;
    if (edge > total) return edge - total;
  }
}

function byLetter(rule: Rule, { n, x, c, h: before }: State): Verdict {
  const [here, toxic] = [n[c - 1]!, x[c - 1]!];
  const letter = letterOf(rule, here, toxic);
  const ownSelection = (rule["selection"] as { kind: string }).kind === "below-stop";
  const pick = (why: "own" | "top" | "other"): number | null => {
    if (!ownSelection) return selected(rule, n, x);
    return why === "top" ? c : why === "own" && c > 1 ? c - 1 : null;
  };
  let h = before;
  if (letter === "X") return stop(h, pick("own"));
  const safe = rule["extraSafe"] as "none" | { offset: string } | undefined;
  const { elimination } = rule as unknown as { elimination: { cutoff: string; minimum: number } };
  const isUnsafe =
    typeof safe === "object" &&
    here >= elimination.minimum &&
    less(sub(q(elimination.cutoff), q(safe.offset)), above(q(rule["target"]), here, toxic));
  if (h < 1 || (c === 1 && letter === "U")) return stop(0, null);
  if (c === 1 && isUnsafe) return stop(h, null);
  let [action, level] = ["stay", c];
  if (letter === "U") {
    h = Math.min(h, c - 1);
    [action, level] = ["eliminate", Math.min(c - 1, h)];
  } else if (c > h) [action, level] = ["de-escalate", h];
  else if (letter === "D" && c === 1) {
    if (rule["atLowest"] === "stop") return stop(h, null);
  } else if (letter === "D") {
    if (rule["reescalation"] === "never") h = Math.min(h, c - 1);
    [action, level] = ["de-escalate", Math.min(c - 1, h)];
  } else if (letter === "E" && here >= (rule["minToEscalate"] as number)) {
    if (c < h) [action, level] = ["escalate", c + 1];
    else if (rule["atHighest"] === "stop") return stop(h, pick("top"));
  }
  const early = rule["earlyStop"] as "none" | { atLevel: number; when: string };
  if (early !== "none" && here >= early.atLevel && (early.when === "reached" || level === c))
    return stop(h, pick("other"));
  const total = n.reduce((sum, count) => sum + count, 0);
  const left = (rule["maxTotal"] as number) - total;
  const wanted = cohortAt(rule, total);
  if (left <= 0 || (left < wanted && rule["lastCohort"] === "not-opened")) return stop(h, pick("other"));
  const people = Math.min(left, wanted);
  const { maxAtLevel } = rule;
  if (typeof maxAtLevel === "number" && n[level - 1]! + people > maxAtLevel) return stop(h, pick("other"));
  return { action, level, size: people, h };
}

/** What the design says after a history in which every cohort but perhaps the last was treated as a whole. */
export function secondAnswer({ levels, startLevel, rule }: Plan, history: readonly Given[]): Answer {
  const zeros = (): number[] => levels.map(() => 0);
  const state: State = { n: zeros(), x: zeros(), c: startLevel, h: levels.length };
  const decide = (): Verdict => (rule.kind === "3+3" ? threePlusThree(rule, state) : byLetter(rule, state));
  let verdict: Verdict = {
    ...{ action: "stay", level: startLevel, size: rule.kind === "3+3" ? 3 : cohortAt(rule, 0), h: levels.length },
  };
  // The rest of an open cohort may be treated although the rule has decided without it.
  let open: Verdict | undefined;
  for (const { level, safe, toxic } of history) {
    if (verdict.level !== level && open?.level === level) verdict = open;
    open = undefined;
    const missing = verdict.level === level ? verdict.size - safe - toxic : 0;
    state.h = verdict.h;
    state.n[level - 1]! += safe + toxic;
    state.x[level - 1]! += toxic;
    state.c = level;
    if (rule.kind !== "3+3") {
      const closed = state.n.findIndex((n, i) => n > 0 && i !== level - 1 && letterOf(rule, n, state.x[i]!) === "U");
      if (closed >= 0) state.h = Math.min(state.h, closed);
    }
    if (missing <= 0) {
      verdict = decide();
      continue;
    }
    const rest: Verdict = { action: "stay", level, size: missing, h: state.h };
    verdict = rest;
    open = rest;
    if (rule["stopCohortWhenDecided"] !== true) continue;
    const outcomes = Array.from({ length: missing + 1 }, (_, more) => {
      state.n[level - 1]! += missing;
      state.x[level - 1]! += more;
      const own = decide();
      state.n[level - 1]! -= missing;
      state.x[level - 1]! -= more;
      return own;
    });
    const text = ({ action, level: to, recommended, h }: Verdict): string =>
      JSON.stringify(action === "stop" ? [action, recommended] : [action, to, h]);
    const isOut = ["de-escalate", "eliminate", "stop"].includes(outcomes[0]!.action);
    if (isOut && outcomes.every((own) => text(own) === text(outcomes[0]!))) verdict = outcomes[0]!;
  }
  const { action, level, size: people, recommended } = verdict;
  return { action, level, size: people, ...(recommended === undefined ? {} : { recommended }) };
}
