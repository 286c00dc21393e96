/** Procedures of docs/procedures-adaptive.md in Python: powers and roots as whole balls, and constrained balance. */

export const WHOLE_BALLS: string = String.raw`

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
`;

export const POWER_BALLS: string = String.raw`

def power(u, v, s, t):
    """Definition 2: floor(2^64 (u/v)^(s/t)), but 1 if that is 0 and u > 0."""
    most = 2 ** (64 * t) * u**s // v**s
    low, high = 0, 2**64  # the largest f with f^t <= most lies here, ends included
    while low < high:
        f = (low + high + 1) // 2
        if f**t <= most:
            low = f
        else:
            high = f - 1
    return 1 if low == 0 and u > 0 else low


def power_balls(bases, e, m):
    """Balls m_k base_k^e."""
    if e.denominator == 1:
        return lowest_terms([m_k * base**e.numerator for m_k, base in zip(m, bases)])
    largest = max(bases)
    return scaled([m_k * power(base, largest, e.numerator, e.denominator) for m_k, base in zip(m, bases)])
`;

export const ADJUSTABLE_BIASED_COIN: string = String.raw`

class Procedure(Urn):
    """docs/procedures-adaptive.md, "Coins whose pull grows": ABCD."""

    def balls(self):
        D = self.N[0] - self.N[1]
        if abs(D) <= 1:
            return [1, 1]
        return power_balls([-D, 1] if D < 0 else [1, D], Fraction(PROCEDURE["steepness"]), [1, 1])
`;

export const GENERALIZED_BIASED_COIN: string = String.raw`

class Procedure(Urn):
    """docs/procedures-adaptive.md, "Coins whose pull grows": GBC."""

    def balls(self):
        A, B = self.N
        if A == B:
            return [1, 1]
        return power_balls([B, A], Fraction(PROCEDURE["exponent"]), [1, 1])
`;

export const BAYESIAN_BIASED_COIN: string = String.raw`

class Procedure(Urn):
    """docs/procedures-adaptive.md, "Coins whose pull grows": BBCD."""

    def balls(self):
        (A, B), n = self.N, self.n
        if A == B:
            return [1, 1]
        return power_balls([(n * A + B) * B, (n * B + A) * A], 1 / Fraction(PROCEDURE["gamma"]), [1, 1])
`;

export const DOUBLY_ADAPTIVE: string = String.raw`

class Procedure(Urn):
    """docs/procedures-adaptive.md, "Doubly adaptive biased coin"."""

    def balls(self):
        if 0 in self.N:
            return self.w
        product = math.prod(self.N)
        bases = [w * (product // N) for w, N in zip(self.w, self.N)]
        return power_balls(bases, Fraction(PROCEDURE["gamma"]), self.w)
`;

export const CONSTRAINED_BALANCE: string = String.raw`

# docs/procedures-adaptive.md, "Constrained balance"


def distances(w, N):
    """d_k: how much further from the ratio arm k leads than the best arm."""
    arms, W, n = range(len(w)), sum(w), sum(N)
    e = [max(abs(W * (N[i] + (i == k)) - w[i] * (n + 1)) for i in arms) for k in arms]
    return [e_k - min(e) for e_k in e]
`;

export const MAXIMUM_ENTROPY: string = String.raw`

class Procedure(Urn):
    """docs/procedures-adaptive.md, "Maximum entropy"."""

    def balls(self):
        w, W, arms, d = self.w, self.W, self.arms, distances(self.w, self.N)
        eta = Fraction(PROCEDURE["eta"])
        a, b = eta.numerator, eta.denominator
        if a == 0 or not any(d):
            return w
        if a == b or len(set(d)) == 2:
            w_0 = sum(w[k] for k in arms if d[k] == 0)
            w_1 = W - w_0
            near, far = b * W - (b - a) * w_1, (b - a) * w_0
            return lowest_terms([w[k] * (near if d[k] == 0 else far) for k in arms])
        d = lowest_terms(d)
        E = max(d)
        mean = sum(w[k] * d[k] for k in arms)
        s = [w[k] * (d[k] * b * W - (b - a) * mean) for k in arms]

        def powers(m):
            return [m ** d[k] * 2 ** (64 * (E - d[k])) for k in arms]

        low, high = 0, 2**64 - 1  # the largest m with F(m) <= 0 lies here, ends included
        while low < high:
            m = (low + high + 1) // 2
            if sum(s[k] * power for k, power in enumerate(powers(m))) <= 0:
                low = m
            else:
                high = m - 1
        return scaled([w[k] * power for k, power in enumerate(powers(low))])
`;

export const MINIMUM_QUADRATIC_DISTANCE: string = String.raw`

class Procedure(Urn):
    """docs/procedures-adaptive.md, "Minimum quadratic distance"."""

    def balls(self):
        w, W, arms, d = self.w, self.W, self.arms, distances(self.w, self.N)
        eta = Fraction(PROCEDURE["eta"])
        a, b = eta.numerator, eta.denominator
        if a == 0 or not any(d):
            return w

        def shares(S):
            """R_k for all arms."""
            return [len(S) * w[k] + W - sum(w[i] for i in S) for k in arms]

        if a == b:
            S = [k for k in arms if d[k] == 0]
            return lowest_terms([share if k in S else 0 for k, share in enumerate(shares(S))])
        mean = sum(w[k] * d[k] for k in arms)
        for s in range(len(w), 0, -1):
            for S in itertools.combinations(arms, s):
                R = shares(S)
                D1 = sum(d[k] for k in S)
                V = s * sum(d[k] ** 2 for k in S) - D1**2
                M = s * (b - a) * mean - b * sum(d[k] * R[k] for k in S)
                x = [b * V * R[k] + M * (s * d[k] - D1) for k in arms]
                if V > 0 and M <= 0 and all(x[k] >= 0 if k in S else x[k] <= 0 for k in arms):
                    return lowest_terms([x[k] if k in S else 0 for k in arms])
        raise Stop("no set of arms is right; this cannot happen.")
`;
