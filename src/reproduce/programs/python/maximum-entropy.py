class Procedure(Urn):
    """docs/procedures-adaptive.md, "Maximum entropy"."""

    def balls(self):
        w, W, arms, d = self.w, self.W, self.arms, distances(self.w, self.N)
        eta = Fraction(PROCEDURE["eta"])
        a, b = eta.numerator, eta.denominator
        if a == 0 or not any(d):
            return w
        if a == b or len(set(d)) == 2:
            w_0 = sum(w[k] for k in arms if d[k] == 0)
            w_1 = W - w_0
            near, far = b * W - (b - a) * w_1, (b - a) * w_0
            return lowest_terms([w[k] * (near if d[k] == 0 else far) for k in arms])
        d = lowest_terms(d)
        E = max(d)
        mean = sum(w[k] * d[k] for k in arms)
        s = [w[k] * (d[k] * b * W - (b - a) * mean) for k in arms]

        def powers(m):
            return [m ** d[k] * 2 ** (64 * (E - d[k])) for k in arms]

        low, high = 0, 2**64 - 1  # the largest m with F(m) <= 0 lies here, ends included
        while low < high:
            m = (low + high + 1) // 2
            if sum(s[k] * power for k, power in enumerate(powers(m))) <= 0:
                low = m
            else:
                high = m - 1
        return scaled([w[k] * power for k, power in enumerate(powers(low))])
