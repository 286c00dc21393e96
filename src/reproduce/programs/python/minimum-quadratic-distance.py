class Procedure(Urn):
    """docs/procedures-adaptive.md, "Minimum quadratic distance"."""

    def balls(self):
        w, W, arms, d = self.w, self.W, self.arms, distances(self.w, self.N)
        eta = Fraction(PROCEDURE["eta"])
        a, b = eta.numerator, eta.denominator
        if a == 0 or not any(d):
            return w

        def shares(S):
            """R_k for all arms."""
            return [len(S) * w[k] + W - sum(w[i] for i in S) for k in arms]

        if a == b:
            S = [k for k in arms if d[k] == 0]
            return lowest_terms([share if k in S else 0 for k, share in enumerate(shares(S))])
        mean = sum(w[k] * d[k] for k in arms)
        for s in range(len(w), 0, -1):
            for S in itertools.combinations(arms, s):
                R = shares(S)
                D1 = sum(d[k] for k in S)
                V = s * sum(d[k] ** 2 for k in S) - D1**2
                M = s * (b - a) * mean - b * sum(d[k] * R[k] for k in S)
                x = [b * V * R[k] + M * (s * d[k] - D1) for k in arms]
                if V > 0 and M <= 0 and all(x[k] >= 0 if k in S else x[k] <= 0 for k in arms):
                    return lowest_terms([x[k] if k in S else 0 for k in arms])
        raise Stop("no set of arms is right; this cannot happen.")
