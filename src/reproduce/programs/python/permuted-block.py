class Procedure(Urn):
    """Section 5, "Permuted blocks"."""

    def __init__(self, w, rows):
        super().__init__(w, rows)
        self.sizes = PROCEDURE["sizes"]
        self.weights = PROCEDURE.get("weights", [1 for _ in self.sizes])
        if self.weights == "pascal":
            self.weights = pascal_row(len(self.sizes))
        self.fills = PROCEDURE.get("lastBlock") == "fill"
        self.to_fill = rows  # rows that are left when the next block is drawn
        if self.fills:
            self.ways = [1]
            for r in range(1, rows + 1):
                self.ways.append(sum(self.size_balls(r)))
        self.left = [0 for _ in w]  # what is left of the open block, by arm
        self.opening = 0  # its rows, before the first of them is drawn
        if len(self.sizes) == 1:
            self.open(self.sizes[0])

    def size_balls(self, rows_left):
        """Hidden balls of each size, with so many rows left."""
        if not self.fills:
            return self.weights
        pairs = zip(self.sizes, self.weights)
        return [weight * self.ways[rows_left - size] if size <= rows_left else 0 for size, weight in pairs]

    def open(self, size):
        self.left = [size // self.W * w for w in self.w]
        self.opening = size
        self.to_fill -= size

    def balls(self):
        if any(self.left):
            return self.left
        return [0 for _ in self.arms] + self.size_balls(self.to_fill)

    def take(self, ball):
        if ball >= len(self.w):
            self.open(self.sizes[ball - len(self.w)])
            return
        self.left[ball] -= 1
        self.opening = 0
        if not any(self.left) and len(self.sizes) == 1:
            self.open(self.sizes[0])

    def opening_block(self):
        return self.opening


def pascal_row(length):
    """C(length - 1, 0) ... C(length - 1, length - 1)."""
    row = [1]
    while len(row) < length:
        row = [a + b for a, b in zip([0] + row, row + [0])]
    return row
