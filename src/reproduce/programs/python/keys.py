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
