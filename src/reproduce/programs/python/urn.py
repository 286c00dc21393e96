# ---------------------------------------------------------------- section 5: balls
#
# Notation of docs/procedures.md: w the ratio in lowest terms, W its sum, N the participants by arm, n their sum.


class Urn:
    """What all procedures share. An urn lists its balls: first one count an arm, then the hidden ones."""

    def __init__(self, w, rows):
        self.w, self.W, self.arms = w, sum(w), range(len(w))
        self.rows = rows
        self.N, self.n = [0] * len(w), 0

    def balls(self):
        raise NotImplementedError

    def take(self, ball):
        """What drawing a ball changes."""
        self.N[ball] += 1
        self.n += 1

    def opening_block(self):
        """The rows of the block that begins here; 0 anywhere else, and for procedures without blocks."""
        return 0
