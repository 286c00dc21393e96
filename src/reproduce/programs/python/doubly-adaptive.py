class Procedure(Urn):
    """docs/procedures-adaptive.md, "Doubly adaptive biased coin"."""

    def balls(self):
        if 0 in self.N:
            return self.w
        product = math.prod(self.N)
        bases = [w * (product // N) for w, N in zip(self.w, self.N)]
        return power_balls(bases, Fraction(PROCEDURE["gamma"]), self.w)
