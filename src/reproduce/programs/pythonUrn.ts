/** Section 5 of docs/algorithm.md in Python: the urn, the draw, the rows of one stratum, and merged arms. */

export const URN: string = String.raw`

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
`;

export const MERGED_ARMS: string = String.raw`

class MergedArms(Urn):
    """docs/procedures.md, "Merged arms": the procedure for W equal arms, of which w_k count as arm k."""

    def __init__(self, w, rows):
        super().__init__(w, rows)
        self.arm_of = [k for k in self.arms for _ in range(w[k])]
        self.equal = Procedure([1] * self.W, rows)
        self.unsettled = None  # the arm whose fictitious arm is still to be drawn

    def balls(self):
        balls = self.equal.balls()
        fictitious, hidden = balls[: self.W], balls[self.W :]
        if self.unsettled is not None:
            of_that_arm = [b if arm == self.unsettled else 0 for b, arm in zip(fictitious, self.arm_of)]
            return [0 for _ in self.arms] + of_that_arm
        merged = [sum(b for b, arm in zip(fictitious, self.arm_of) if arm == k) for k in self.arms]
        return merged + [0] * self.W + hidden

    def take(self, ball):
        if ball >= len(self.w):
            self.unsettled = None
            self.equal.take(ball - len(self.w))
            return
        balls = self.equal.balls()
        candidates = [i for i in range(self.W) if self.arm_of[i] == ball and balls[i] > 0]
        if len(candidates) == 1:
            self.equal.take(candidates[0])
        else:
            self.unsettled = ball

    def opening_block(self):
        return self.equal.opening_block() if self.unsettled is None else 0
`;

export const DRAW: string = String.raw`

def drawn_rows(rows, allocation, block_sizes):
    """The rows of one stratum: (arm, block, rows of the block, position in it), arms by their index."""
    ratio = [arm["ratio"] for arm in PLAN["arms"]]
    common = 0
    for share in ratio:
        common = math.gcd(common, share)
    urn = UrnOfPlan([share // common for share in ratio], rows)
    drawn = []
    block = block_rows = block_start = 0
    while len(drawn) < (max(rows, block_start + block_rows) if WHOLE_LAST_BLOCK else rows):
        opening = urn.opening_block()
        if opening:
            block, block_rows, block_start = block + 1, opening, len(drawn)
        balls = urn.balls()
        if not any(balls):
            raise Stop("the procedure ends before the list does.")
        assigns = any(balls[: len(ratio)])
        x = below(sum(balls), allocation if assigns else block_sizes)
        ball = 0
        while x >= balls[ball]:
            x -= balls[ball]
            ball += 1
        if ball < len(ratio):
            position = len(drawn) - block_start + 1 if block else 0
            drawn.append((ball, block, block_rows, position))
        urn.take(ball)
    return drawn
`;
