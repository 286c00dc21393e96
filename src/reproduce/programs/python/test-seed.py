# ---------------------------------------------------------------- section 1: seed


def seed_bytes(text):
    """The bytes of a test seed: its text in Unicode form NFC, as UTF-8."""
    if not text.strip():
        raise Stop("a seed is needed.")
    if re.search("[0-9A-Fa-f]{40}", text):
        raise Stop("this looks like a live seed, but this is a TEST list.")
    return unicodedata.normalize("NFC", text).encode("utf-8")
