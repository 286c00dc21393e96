class Procedure(Urn):
    """docs/procedures.md, "Coins that look at the imbalance": the Ehrenfest urn."""

    def balls(self):
        D, b = self.N[0] - self.N[1], PROCEDURE["tolerance"]
        return [b - D, b + D]
