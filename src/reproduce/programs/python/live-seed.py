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
