class Procedure(Urn):
    """docs/procedures.md, "Random allocation rule": T_k - N_k balls, T as stated, or the rows shared in the ratio."""

    def balls(self):
        totals = PROCEDURE.get("totals", [self.rows // self.W * w for w in self.w])
        return [totals[k] - self.N[k] for k in self.arms]
