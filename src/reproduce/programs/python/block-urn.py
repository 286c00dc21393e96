class Procedure(Urn):
    """docs/procedures.md, "Block urn"."""

    def balls(self):
        complete_sets = min(N // w for N, w in zip(self.N, self.w))
        return [w * (PROCEDURE["lambda"] + complete_sets) - N for N, w in zip(self.N, self.w)]
