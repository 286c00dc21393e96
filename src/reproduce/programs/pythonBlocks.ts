/** Procedures in blocks or with planned totals, in Python. */

export const PERMUTED_BLOCK: string = String.raw`

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
`;

export const ORDERED_BLOCKS: string = String.raw`

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
`;

export const RANDOM_ALLOCATION_RULE: string = String.raw`

class Procedure(Urn):
    """docs/procedures.md, "Random allocation rule": T_k - N_k balls, T as stated, or the rows shared in the ratio."""

    def balls(self):
        totals = PROCEDURE.get("totals", [self.rows // self.W * w for w in self.w])
        return [totals[k] - self.N[k] for k in self.arms]
`;

export const TRUNCATED_BINOMIAL: string = String.raw`

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
`;

export const HADAMARD: string = String.raw`

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
`;

export const MAXIMAL: string = String.raw`

class Procedure(Urn):
    """docs/procedures.md, "Maximal procedure": as many balls as admissible ways go on with the arm."""

    def __init__(self, w, rows):
        super().__init__(w, rows)
        totals = tuple(rows // self.W * w_k for w_k in w)
        b = PROCEDURE["tolerance"]

        def admissible(N, n):
            near = all(2 * abs(self.W * N[k] - n * w[k]) <= b * self.W for k in self.arms)
            return near and all(N[k] <= totals[k] for k in self.arms)  # beyond the totals no way leads to the end

        vectors = [{tuple(0 for _ in w)}]  # those that can be reached, by row
        for n in range(1, rows + 1):
            reached = {one_more(N, k) for N in vectors[-1] for k in self.arms}
            vectors.append({N for N in reached if admissible(N, n)})
        self.T = {totals: 1}
        for n in range(rows - 1, -1, -1):
            for N in vectors[n]:
                self.T[N] = sum(self.T.get(one_more(N, k), 0) for k in self.arms)

    def balls(self):
        return [self.T.get(one_more(self.N, k), 0) for k in self.arms]


def one_more(N, k):
    return tuple(count + (i == k) for i, count in enumerate(N))
`;
