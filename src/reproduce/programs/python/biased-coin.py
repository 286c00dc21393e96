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
