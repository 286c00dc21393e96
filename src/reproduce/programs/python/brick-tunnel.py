class Procedure(Urn):
    """docs/procedures.md, "Brick tunnel"."""

    def balls(self):
        w, W = self.w[0], self.W
        f, r = divmod(self.n * w, W)
        above = self.N[0] == f + 1
        if r + w < W:
            return [0, 1] if above else [w, W - r - w]
        return [r + w - W, W - w] if above else [1, 0]
