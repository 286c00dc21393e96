# docs/procedures-adaptive.md, "Constrained balance"


def distances(w, N):
    """d_k: how much further from the ratio arm k leads than the best arm."""
    arms, W, n = range(len(w)), sum(w), sum(N)
    e = [max(abs(W * (N[i] + (i == k)) - w[i] * (n + 1)) for i in arms) for k in arms]
    return [e_k - min(e) for e_k in e]
