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
