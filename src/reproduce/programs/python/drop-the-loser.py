class Procedure(Urn):
    """docs/procedures.md, "Drop the loser"; the hidden ball is the immigration."""

    immigrations = 0

    def balls(self):
        sets = 1 + self.immigrations * PROCEDURE["immigration"]
        return [sets * w - N for w, N in zip(self.w, self.N)] + [1]

    def take(self, ball):
        if ball == len(self.w):
            self.immigrations += 1
        else:
            super().take(ball)
