class Procedure(Urn):
    """docs/procedures.md, "Coins that look at the imbalance": the big stick."""

    def balls(self):
        D, b = self.N[0] - self.N[1], PROCEDURE["tolerance"]
        if abs(D) < b:
            return [1, 1]
        return [1, 0] if D < 0 else [0, 1]
