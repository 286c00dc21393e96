class Procedure(Urn):
    """docs/procedures-adaptive.md, "Coins whose pull grows": ABCD."""

    def balls(self):
        D = self.N[0] - self.N[1]
        if abs(D) <= 1:
            return [1, 1]
        return power_balls([-D, 1] if D < 0 else [1, D], Fraction(PROCEDURE["steepness"]), [1, 1])
