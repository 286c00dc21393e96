class Procedure(Urn):
    """docs/procedures.md, "Truncated binomial": w_k balls until arm k is full, in the whole list or in each block."""

    def __init__(self, w, rows):
        super().__init__(w, rows)
        self.size = PROCEDURE.get("size", rows)

    def balls(self):
        sets = self.size // self.W * (self.n // self.size + 1)  # ratio sets to the end of this block
        return [w if N < sets * w else 0 for w, N in zip(self.w, self.N)]

    def opening_block(self):
        return self.size if "size" in PROCEDURE and self.n % self.size == 0 else 0
