# ---------------------------------------------------------------- section 3: words, as R's Mersenne Twister gives them


def r_words(n):
    """The 32-bit outputs of R's generator after set.seed(n): docs/r-streams.md, "From a seed to words"."""
    x = n % 2**32
    for _ in range(50):
        x = (69069 * x + 1) % 2**32
    state = []
    for _ in range(625):
        x = (69069 * x + 1) % 2**32
        state.append(x)
    # Python's own generator is the same Mersenne Twister, so that it only needs R's state.
    twister = random.Random()
    twister.setstate((3, (*state[1:], 624), None))
    while True:
        yield twister.getrandbits(32)


def streams_by_stratum(seed_text):
    """One stream for all draws of all strata, one after the other."""
    text = seed_bytes(seed_text).decode("utf-8")
    if not re.fullmatch("-?[0-9]{1,10}", text) or not -(2**31) < int(text) < 2**31:
        raise Stop("the seed of this list is a whole number from -2147483647 to 2147483647.")
    stream = r_words(int(text))
    return lambda stratum: (stream, stream)
