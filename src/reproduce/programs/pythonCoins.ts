/** Coins that look at the imbalance, and urns without roots, in Python. */

export const COMPLETE: string = String.raw`

class Procedure(Urn):
    """docs/procedures.md, "Complete randomization"."""

    def balls(self):
        return self.w
`;

export const BIG_STICK: string = String.raw`

class Procedure(Urn):
    """docs/procedures.md, "Coins that look at the imbalance": the big stick."""

    def balls(self):
        D, b = self.N[0] - self.N[1], PROCEDURE["tolerance"]
        if abs(D) < b:
            return [1, 1]
        return [1, 0] if D < 0 else [0, 1]
`;

/** Efron's coin, and Chen's, which has a tolerance beside it. */
export const BIASED_COIN: string = String.raw`

class Procedure(Urn):
    """docs/procedures.md, "Coins that look at the imbalance": the biased coin, with a tolerance if the plan has one."""

    def balls(self):
        D, q = self.N[0] - self.N[1], Fraction(PROCEDURE["probability"])
        if "tolerance" in PROCEDURE and abs(D) >= PROCEDURE["tolerance"]:
            q = Fraction(1)
        if D == 0:
            return [1, 1]
        smaller, larger = q.numerator, q.denominator - q.numerator
        return [smaller, larger] if D < 0 else [larger, smaller]
`;

export const EHRENFEST: string = String.raw`

class Procedure(Urn):
    """docs/procedures.md, "Coins that look at the imbalance": the Ehrenfest urn."""

    def balls(self):
        D, b = self.N[0] - self.N[1], PROCEDURE["tolerance"]
        return [b - D, b + D]
`;

export const WEI: string = String.raw`

class Procedure(Urn):
    """docs/procedures.md, "Urn design"."""

    def balls(self):
        a, b = PROCEDURE["initial"], PROCEDURE["added"]
        if a == 0 and self.n == 0:
            return [1 for _ in self.arms]
        return [a + b * (self.n - N) for N in self.N]
`;

export const BLOCK_URN: string = String.raw`

class Procedure(Urn):
    """docs/procedures.md, "Block urn"."""

    def balls(self):
        complete_sets = min(N // w for N, w in zip(self.N, self.w))
        return [w * (PROCEDURE["lambda"] + complete_sets) - N for N, w in zip(self.N, self.w)]
`;

export const MASS_WEIGHTED_URN: string = String.raw`

class Procedure(Urn):
    """docs/procedures.md, "Mass-weighted urn", alpha = p/q."""

    def balls(self):
        alpha = Fraction(PROCEDURE["alpha"])
        p, q = alpha.numerator, alpha.denominator
        return [max((p + q * self.n) * w - q * self.W * N, 0) for w, N in zip(self.w, self.N)]
`;

export const DROP_THE_LOSER: string = String.raw`

class Procedure(Urn):
    """docs/procedures.md, "Drop the loser"; the hidden ball is the immigration."""

    immigrations = 0

    def balls(self):
        sets = 1 + self.immigrations * PROCEDURE["immigration"]
        return [sets * w - N for w, N in zip(self.w, self.N)] + [1]

    def take(self, ball):
        if ball == len(self.w):
            self.immigrations += 1
        else:
            super().take(ball)
`;

export const BRICK_TUNNEL: string = String.raw`

class Procedure(Urn):
    """docs/procedures.md, "Brick tunnel"."""

    def balls(self):
        w, W = self.w[0], self.W
        f, r = divmod(self.n * w, W)
        above = self.N[0] == f + 1
        if r + w < W:
            return [0, 1] if above else [w, W - r - w]
        return [r + w - W, W - w] if above else [1, 0]
`;
