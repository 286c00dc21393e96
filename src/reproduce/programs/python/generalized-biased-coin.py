class Procedure(Urn):
    """docs/procedures-adaptive.md, "Coins whose pull grows": GBC."""

    def balls(self):
        A, B = self.N
        if A == B:
            return [1, 1]
        return power_balls([B, A], Fraction(PROCEDURE["exponent"]), [1, 1])
