# docs/procedures-adaptive.md, "Powers and roots as whole balls"


def lowest_terms(weights):
    common = 0
    for weight in weights:
        common = math.gcd(common, weight)
    return [weight // common for weight in weights]


def scaled(weights):
    """Definition 3: balls that add up to less than 2^32."""
    weights = lowest_terms(weights)
    G = sum(weights)
    if G <= 2**31:
        return weights
    return lowest_terms([max(2**31 * g // G, 1) if g > 0 else 0 for g in weights])
