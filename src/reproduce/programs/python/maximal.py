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
