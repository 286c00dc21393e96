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
