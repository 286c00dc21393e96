#!/usr/bin/env python3
"""Second implementation of allocell's default stream (seedrandom 3.0.5 ARC4 keyed by HKDF-SHA256), standard library only.

Written from the description of the stream alone, to check lists made by the library.
Run it to print the known answers of default-stream.json. It draws blocks; it holds no secrets and makes no files.
"""
import hashlib, hmac, json, unicodedata


def lp(b):
    """4-byte big-endian byte count, then the bytes."""
    return len(b).to_bytes(4, "big") + b


def field(s):
    return lp(unicodedata.normalize("NFC", s).encode("utf-8"))


def info(algorithm, list_id, purpose, stratum):
    """stratum: ordered (factor, level) pairs; [] when unstratified."""
    return field(algorithm) + field(list_id) + field(purpose) + lp(b"".join(field(k) + field(v) for k, v in stratum))


def stream_key(seed, algorithm, list_id, purpose, stratum):
    """RFC 5869 HKDF-SHA256, no salt, 32 bytes, as 64 lowercase hex characters."""
    prk = hmac.new(bytes(32), seed, hashlib.sha256).digest()
    return hmac.new(prk, info(algorithm, list_id, purpose, stratum) + b"\x01", hashlib.sha256).hexdigest()


class Arc4:
    """ARC4 keyed by the ASCII of the hex key; the first 256 bytes are dropped."""

    def __init__(self, hex_key):
        assert len(hex_key) == 64 and set(hex_key) <= set("0123456789abcdef")
        k, S, j = hex_key.encode("ascii"), list(range(256)), 0
        for i in range(256):
            j = (j + S[i] + k[i % 64]) & 255
            S[i], S[j] = S[j], S[i]
        self.S, self.i, self.j = S, 0, 0
        for _ in range(256):
            self.byte()

    def byte(self):
        S = self.S
        self.i = (self.i + 1) & 255
        self.j = (self.j + S[self.i]) & 255
        S[self.i], S[self.j] = S[self.j], S[self.i]
        return S[(S[self.i] + S[self.j]) & 255]

    def u32(self):
        """Equals seedrandom's prng.int32() >>> 0."""
        return int.from_bytes(bytes(self.byte() for _ in range(4)), "big")

    def below(self, n):
        limit = 2**32 - 2**32 % n
        while True:
            x = self.u32()
            if x < limit:
                return x % n


def blocks(seed, algorithm, list_id, stratum, arms, sizes, rows):
    """arms: ordered (code, ratio) pairs. Returns whole blocks until at least `rows` rows."""
    alloc = Arc4(stream_key(seed, algorithm, list_id, "allocation", stratum))
    size_stream = Arc4(stream_key(seed, algorithm, list_id, "block-sizes", stratum))
    total, out, n = sum(r for _, r in arms), [], 0
    while n < rows:
        size = sizes[size_stream.below(len(sizes))]
        balls = [r * size // total for _, r in arms]
        drawn = ""
        while sum(balls):  # one bounded draw a row, also when a single ball is left
            x, arm = alloc.below(sum(balls)), 0
            while x >= balls[arm]:
                x, arm = x - balls[arm], arm + 1
            balls[arm] -= 1
            drawn += arms[arm][0]
        out.append(drawn)
        n += size
    return out


if __name__ == "__main__":
    seed, alg, lst = bytes(range(32)), "example-1", "DEMO-B"
    words = lambda key: (lambda s: [s.u32() for _ in range(4)])(Arc4(key))
    s01, s02 = [("site", "01")], [("site", "02")]
    four = [("P", 1), ("A", 1), ("B", 1), ("C", 1)]
    k = stream_key(seed, alg, lst, "allocation", s01)
    print(json.dumps({
        "words, key 00 x 32": words("00" * 32),
        "words, key 00..1f": words(seed.hex()),
        "info": info(alg, lst, "allocation", s01).hex(),
        "key allocation site=01": k,
        "words allocation site=01": words(k),
        "key block-sizes site=01": stream_key(seed, alg, lst, "block-sizes", s01),
        "blocks site=01": blocks(seed, alg, lst, s01, four, [4, 8], 20),
        "blocks site=02": blocks(seed, alg, lst, s02, four, [4, 8], 20),
        "blocks unstratified 2:1": blocks(seed, alg, lst, [], [("T", 2), ("P", 1)], [3, 6], 12),
    }, indent=1))
