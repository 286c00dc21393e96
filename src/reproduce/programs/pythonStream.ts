/** Sections 1 to 4 of docs/algorithm.md in Python: from the seed to bounded draws. */

export const LIVE_SEED: string = String.raw`
# ---------------------------------------------------------------- section 1: seed


def seed_bytes(text):
    """The 32 bytes of a live seed: 64 hex digits, a hyphen, 8 check digits."""
    form = re.fullmatch("([0-9a-f]{64})-([0-9a-f]{8})", text.strip().lower())
    if not form:
        raise Stop("this is no live seed: that is 64 hex digits, a hyphen and 8 check digits.")
    digits, check = form.groups()
    fingerprint = hashlib.sha256(b"allocell seed check 1:" + digits.encode("ascii")).hexdigest()
    if fingerprint[:8] != check:
        raise Stop("the check digits of the seed do not fit: a digit is wrong or missing.")
    return bytes.fromhex(digits)
`;

export const TEST_SEED: string = String.raw`
# ---------------------------------------------------------------- section 1: seed


def seed_bytes(text):
    """The bytes of a test seed: its text in Unicode form NFC, as UTF-8."""
    if not text.strip():
        raise Stop("a seed is needed.")
    if re.search("[0-9A-Fa-f]{40}", text):
        raise Stop("this looks like a live seed, but this is a TEST list.")
    return unicodedata.normalize("NFC", text).encode("utf-8")
`;

export const KEYS: string = String.raw`

# ---------------------------------------------------------------- section 2: keys


def field(data):
    """The number of bytes as 4 bytes, big-endian, then the bytes."""
    return len(data).to_bytes(4, "big") + data


def text_field(text):
    return field(unicodedata.normalize("NFC", text).encode("utf-8"))


def stream_key(seed, purpose, stratum):
    """The key of a stream; stratum is a list of (factor, level)."""
    names = b"".join(text_field(name) for factor_and_level in stratum for name in factor_and_level)
    info = text_field(ALGORITHM) + text_field(PLAN["list"]) + text_field(purpose) + field(names)
    # HKDF-SHA256 (RFC 5869): extract without a salt, then expand to 32 bytes, which are one block.
    extracted = hmac.new(bytes(32), seed, hashlib.sha256).digest()
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).hexdigest()
`;

export const ARC4_STREAM: string = String.raw`

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
`;

export const ARC4_WORDS: string = String.raw`${ARC4_STREAM}

def streams_by_stratum(seed_text):
    """A function that gives a stratum its streams: (allocation, block sizes)."""
    seed = seed_bytes(seed_text)
    return lambda stratum: (
        words(stream_key(seed, "allocation", stratum)),
        words(stream_key(seed, "block-sizes", stratum)),
    )
`;

export const R_WORDS: string = String.raw`

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
`;

export const BELOW: string = String.raw`

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
`;
