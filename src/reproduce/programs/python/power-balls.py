def power(u, v, s, t):
    """Definition 2: floor(2^64 (u/v)^(s/t)), but 1 if that is 0 and u > 0."""
    most = 2 ** (64 * t) * u**s // v**s
    low, high = 0, 2**64  # the largest f with f^t <= most lies here, ends included
    while low < high:
        f = (low + high + 1) // 2
        if f**t <= most:
            low = f
        else:
            high = f - 1
    return 1 if low == 0 and u > 0 else low


def power_balls(bases, e, m):
    """Balls m_k base_k^e."""
    if e.denominator == 1:
        return lowest_terms([m_k * base**e.numerator for m_k, base in zip(m, bases)])
    largest = max(bases)
    return scaled([m_k * power(base, largest, e.numerator, e.denominator) for m_k, base in zip(m, bases)])
