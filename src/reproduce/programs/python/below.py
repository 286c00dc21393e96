# ---------------------------------------------------------------- section 4: bounded draws


def below(n, stream):
    """A whole number from 0 to n - 1, each equally likely: k words joined, drawn again from the limit on."""
    k = 1
    while 2 ** (32 * k) < n:
        k += 1
    limit = 2 ** (32 * k) - (2 ** (32 * k) % n)
    while True:
        x = 0
        for _ in range(k):
            x = x * 2**32 + next(stream)
        if x < limit:
            return x % n
