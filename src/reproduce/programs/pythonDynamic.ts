import type { DynamicPlan } from "../../list/index.js";
import { VERSION } from "../../version.js";
import { pythonLiteral, pythonText } from "./pythonLiteral.js";
import { importsOf } from "./python.js";
import { WHOLE_BALLS } from "./pythonPowers.js";
import { ENDING, pythonNumbers, READING } from "./pythonRows.js";
import { ARC4_STREAM, BELOW, KEYS, LIVE_SEED, TEST_SEED } from "./pythonStream.js";

/** The Python program that replays the log of a dynamic allocation; see `toDynamicScript`. */
export function toPythonDynamic(plan: DynamicPlan, status: "LIVE" | "TEST", algorithm: string): string {
  const body = [
    status === "LIVE" ? LIVE_SEED : TEST_SEED,
    KEYS,
    ARC4_STREAM,
    BELOW,
    WHOLE_BALLS,
    DRAW,
    PROCEDURES[plan.procedure.kind],
    pythonNumbers(plan.numbers),
    READING,
    REPLAY,
    ENDING,
  ].join("");
  const { trial, part, list, arms, procedure, factors, numbers } = plan;
  return [
    header(plan, status, algorithm),
    importsOf(body),
    `\nSTATUS = ${pythonText(status)}\n`,
    `ALGORITHM = ${pythonText(algorithm)}\n\n`,
    "# Everything that an allocation rests on, but the seed and the log.\n",
    `PLAN = ${pythonLiteral({ trial, part, list, arms, procedure, factors, numbers })}\n`,
    `ARMS = [share["arm"] for share in PLAN["arms"]]\n`,
    `FACTORS = PLAN["factors"]\n`,
    body,
  ].join("");
}

function header({ list }: DynamicPlan, status: "LIVE" | "TEST", algorithm: string): string {
  return `#!/usr/bin/env python3
# UNBLINDED, for people who may know treatments: this program holds the allocation ratio and the parameters of the
# procedure. It holds neither the seed nor an allocation; whoever adds seed and log can compute the next one.
"""Makes the ${status} dynamic allocation ${list} again from its seed and its log, and names the first one that differs.

It needs Python 3.8 or later and its standard library. It reads the seed and the log, and writes no file.

    python3 PROGRAM LOG           asks for the seed and replays the log
    --seed-file FILE              reads the seed from a file; without it and without a terminal, from standard input

Exit code: 0 every allocation is the one that plan and seed give, 1 one differs, 2 no comparison was made.

Written by allocell ${VERSION} for algorithm ${algorithm}. Every step is one of allocell's documents, against which it
can be checked: docs/algorithm.md (its section numbers stand below), docs/procedures-adaptive.md and docs/conduct-dynamic.md,
"Dynamic allocation".
"""
`;
}

const DRAW: string = String.raw`

# ---------------------------------------------------------------- section 5: balls


def draw_ball(balls, stream):
    x = below(sum(balls), stream)
    for ball, count in enumerate(balls):
        if x < count:
            return ball
        x -= count
`;

const MINIMIZATION: string = String.raw`

# ---------------------------------------------------------------- minimization

RATIO = lowest_terms([share["ratio"] for share in PLAN["arms"]])
MULTIPLE = 1
for own in RATIO:
    MULTIPLE = MULTIPLE * own // math.gcd(MULTIPLE, own)
STEPS = [MULTIPLE // w for w in RATIO]
COUNTS = {}


def after(levels, arm):
    for factor, level in enumerate(levels):
        COUNTS.setdefault((factor, level), [0] * len(RATIO))[arm] += 1


def imbalance(y):
    """Of one level: the range, or arms x (arms - 1) times the variance."""
    if PLAN["procedure"]["measure"] == "range":
        return max(y) - min(y)
    return len(y) * sum(v * v for v in y) - sum(y) ** 2


def score(levels, candidate, places):
    """If the participant went to this arm; standard deviations in units of 2^-places, rounded down."""
    total = 0
    for factor, level in enumerate(levels):
        counts = COUNTS.get((factor, level), [0] * len(RATIO))
        weight = FACTORS[factor].get("weight", 1)
        g = imbalance([(n + (arm == candidate)) * STEPS[arm] for arm, n in enumerate(counts)])
        if PLAN["procedure"]["measure"] == "sd":
            total += math.isqrt((g * weight * weight) << (2 * places))
        else:
            total += weight * g
    return total


def order_of(a, b):
    """Scores are equal if 512 binary places of a sum of square roots do not tell them apart."""
    margin = 2 * len(FACTORS) if PLAN["procedure"]["measure"] == "sd" else 0
    return 0 if abs(a - b) <= margin else a - b


def balls_of(levels):
    arms = range(len(RATIO))
    law = PLAN["procedure"]["law"]
    scores = [score(levels, arm, 512) for arm in arms]
    if law["kind"] == "fixed":
        tied = [all(order_of(scores[arm], other) <= 0 for other in scores) for arm in arms]
        p = Fraction(str(law["probability"]))
        return share_balls(tied, p) if law.get("ties") == "share" else han_balls(tied, p)
    k = len(RATIO)
    if law["kind"] == "rank":
        q = Fraction(str(law["q"]))
        balls = []
        for own in scores:
            better = sum(order_of(other, own) < 0 for other in scores)
            equal = sum(order_of(other, own) == 0 for other in scores)
            twice_rank = 2 * better + equal + 1
            balls.append(q.numerator * k * (k + 1) - (k * q.numerator - q.denominator) * twice_rank)
        return lowest_terms(balls)
    t = Fraction(str(law["t"]))
    whole = [score(levels, arm, 64) for arm in arms]
    total = sum(whole)
    return RATIO if total == 0 else scaled([t.denominator * total - t.numerator * own for own in whole])


def han_balls(tied, p):
    """Han, Enas and McEntegart: the mean over the tied arms, weighted by the ratio."""
    rest = sum(RATIO) - min(RATIO)
    among = sum(w for w, is_tied in zip(RATIO, tied) if is_tied)
    b, to_others = p.denominator, p.denominator - p.numerator
    balls = []
    for w, is_tied in zip(RATIO, tied):
        as_other = to_others * w
        if is_tied:
            balls.append(w * (b * rest - to_others * (sum(RATIO) - w)) + (among - w) * as_other)
        else:
            balls.append(as_other * among)
    return lowest_terms(balls)


def share_balls(tied, p):
    """p is divided evenly among the tied arms."""
    count = sum(tied)
    others = len(tied) - count
    if others == 0:
        return RATIO
    return lowest_terms([p.numerator * others if is_tied else (p.denominator - p.numerator) * count for is_tied in tied])
`;

const HU_HU: string = String.raw`

# ---------------------------------------------------------------- Hu and Hu

DIFFERENCES = {}


def places_of(levels):
    """What a participant counts in, with its weight: all, the level of each factor, the stratum."""
    weighted = [(("all",), PLAN["procedure"]["overallWeight"])]
    weighted += [((factor, level), FACTORS[factor]["weight"]) for factor, level in enumerate(levels)]
    return weighted + [(("stratum", *levels), PLAN["procedure"]["stratumWeight"])]


def after(levels, arm):
    for place, _ in places_of(levels):
        DIFFERENCES[place] = DIFFERENCES.get(place, 0) + (1 if arm == 0 else -1)


def balls_of(levels):
    p = Fraction(str(PLAN["procedure"]["probability"]))
    g = sum(weight * DIFFERENCES.get(place, 0) for place, weight in places_of(levels))
    if g == 0:
        return [1, 1]
    nearer, farther = p.numerator, p.denominator - p.numerator
    return [nearer, farther] if g < 0 else [farther, nearer]
`;

const ATKINSON: string = String.raw`

# ---------------------------------------------------------------- Atkinson

ROWS = []
SIGNS = []


def design_row(levels):
    row = [1]
    for factor, level in zip(FACTORS, levels):
        row += [int(level == other) for other in factor["levels"][1:]]
    return row


def after(levels, arm):
    ROWS.append(design_row(levels))
    SIGNS.append(1 if arm == 0 else -1)


def balls_of(levels):
    """Least squares by elimination, column by column; a column that depends on earlier ones has coefficient 0."""
    x = design_row(levels)
    n = len(x)
    table = [[Fraction(sum(row[i] * row[j] for row in ROWS)) for j in range(n)] for i in range(n)]
    for i in range(n):
        table[i].append(Fraction(sum(row[i] * sign for row, sign in zip(ROWS, SIGNS))))
    solved = []
    for pivot in range(n):
        if table[pivot][pivot] == 0:
            continue
        divisor = table[pivot][pivot]
        table[pivot] = [value / divisor for value in table[pivot]]
        for i in range(n):
            if i != pivot and table[i][pivot] != 0:
                factor = table[i][pivot]
                table[i] = [value - factor * own for value, own in zip(table[i], table[pivot])]
        solved.append(pivot)
    a = sum((table[i][n] for i in solved if x[i] == 1), Fraction(0))
    return lowest_terms([(a.denominator - a.numerator) ** 2, (a.denominator + a.numerator) ** 2])
`;

const PROCEDURES: Readonly<Record<DynamicPlan["procedure"]["kind"], string>> = {
  minimization: MINIMIZATION,
  "hu-hu": HU_HU,
  atkinson: ATKINSON,
};

const REPLAY: string = String.raw`
# ---------------------------------------------------------------- the log


def events_of(data):
    try:
        return [json.loads(line) for line in data.decode("utf-8").split("\n") if line != ""]
    except ValueError:
        raise Stop("this is no log: each of its lines is an event in JSON.")


def levels_of(event):
    stratum = event["stratum"]
    for factor in FACTORS:
        if stratum.get(factor["factor"]) not in factor["levels"]:
            raise Stop(f"event {event['seq']} has no level of {factor['factor']} that the plan has: is it the last plan?")
    return [stratum[factor["factor"]] for factor in FACTORS]


def replay(seed_text, events):
    """Every participant in turn; a forced one is counted and draws nothing."""
    seed = seed_bytes(seed_text)
    opened = events[0] if events else {}
    if opened.get("kind") != "dynamic" or opened.get("list") != PLAN["list"] or opened.get("status") != STATUS:
        raise Stop(f"this is not the log of the {STATUS} dynamic allocation {PLAN['list']}.")
    if opened.get("seedMark") != stream_key(seed, "seed-mark", [])[:16]:
        raise Stop("this is not the seed that the log was opened with: the marks differ.")
    n = 0
    for event in events:
        if event["type"] not in ("assigned", "replaced", "forced") or "arm" not in event:
            continue
        n += 1
        levels = levels_of(event)
        if event["type"] != "forced":
            stream = words(stream_key(seed, "allocation", [("participant", str(n))]))
            arm = ARMS[draw_ball(balls_of(levels), stream)]
            number = number_of("", n)
            for what, expected, found in (("arm", arm, event["arm"]), ("number", number, event["number"])):
                if expected != found:
                    print(f"Event {event['seq']} differs (participant {n}): {what} expected {expected}, found {found}.")
                    return False
        after(levels, ARMS.index(event["arm"]))
    print(f"{n} allocations agree: this is {STATUS} dynamic allocation {PLAN['list']}.")
    return True


def main():
    parser = argparse.ArgumentParser(description=f"Replays the log of {STATUS} dynamic allocation {PLAN['list']}.")
    parser.add_argument("log", help="the log of the allocation (UNBLINDED)")
    parser.add_argument("--seed-file", metavar="FILE", help="reads the seed from a file")
    options = parser.parse_args()
    events = events_of(read_bytes(options.log))
    return 0 if replay(read_seed(options.seed_file), events) else 1
`;
