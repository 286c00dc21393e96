# ---------------------------------------------------------------- section 3: words


def arc4(key):
    """The bytes of ARC4 under a key of ASCII characters."""
    s = list(range(256))
    j = 0
    for i in range(256):
        j = (j + s[i] + ord(key[i % len(key)])) % 256
        s[i], s[j] = s[j], s[i]
    i = j = 0
    while True:
        i = (i + 1) % 256
        j = (j + s[i]) % 256
        s[i], s[j] = s[j], s[i]
        yield s[(s[i] + s[j]) % 256]


def words(key):
    """Words of 32 bits: four bytes each, big-endian, after 256 bytes that are dropped."""
    stream = arc4(key)
    for _ in range(256):
        next(stream)
    while True:
        yield int.from_bytes([next(stream) for _ in range(4)], "big")
