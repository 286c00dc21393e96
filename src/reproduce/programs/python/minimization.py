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
