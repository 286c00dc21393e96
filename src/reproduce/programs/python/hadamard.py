class Procedure(Urn):
    """docs/procedures.md, "Hadamard blocks": a hidden ball is one of 22 rows, and the row says the arms."""

    row = None  # 0 to 10 as they are, 11 to 21 mirrored; None between blocks

    def balls(self):
        if self.row is None:
            return [0, 0] + [1] * 22
        position = self.n % 12
        plus = position == 0 or (self.row + position - 1) % 11 in (2, 6, 7, 8, 10)
        mirrored = self.row >= 11
        return [1, 0] if plus == mirrored else [0, 1]

    def take(self, ball):
        if self.row is None:
            self.row = ball - 2
        else:
            super().take(ball)
            if self.n % 12 == 0:
                self.row = None

    def opening_block(self):
        return 12 if self.row is not None and self.n % 12 == 0 else 0
