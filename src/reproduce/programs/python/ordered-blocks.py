class Procedure(Urn):
    """docs/procedures.md, "Blocks in a stated order": what is left of the open block, by arm."""

    def __init__(self, w, rows):
        super().__init__(w, rows)
        self.place = 0
        self.left = self.full()

    def size(self):
        sizes = PROCEDURE["sizes"]
        return sizes[self.place % len(sizes)]

    def full(self):
        return [self.size() // self.W * w for w in self.w]

    def balls(self):
        return self.left

    def take(self, ball):
        self.left = [left - (k == ball) for k, left in enumerate(self.left)]
        if not any(self.left):
            self.place += 1
            self.left = self.full()

    def opening_block(self):
        return self.size() if self.left == self.full() else 0
