class Procedure(Urn):
    """docs/procedures.md, "Urn design"."""

    def balls(self):
        a, b = PROCEDURE["initial"], PROCEDURE["added"]
        if a == 0 and self.n == 0:
            return [1 for _ in self.arms]
        return [a + b * (self.n - N) for N in self.N]
