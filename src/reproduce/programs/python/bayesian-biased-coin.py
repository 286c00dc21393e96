class Procedure(Urn):
    """docs/procedures-adaptive.md, "Coins whose pull grows": BBCD."""

    def balls(self):
        (A, B), n = self.N, self.n
        if A == B:
            return [1, 1]
        return power_balls([(n * A + B) * B, (n * B + A) * A], 1 / Fraction(PROCEDURE["gamma"]), [1, 1])
