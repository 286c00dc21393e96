class Procedure(Urn):
    """docs/procedures.md, "Mass-weighted urn", alpha = p/q."""

    def balls(self):
        alpha = Fraction(PROCEDURE["alpha"])
        p, q = alpha.numerator, alpha.denominator
        return [max((p + q * self.n) * w - q * self.W * N, 0) for w, N in zip(self.w, self.N)]
