def place_of(code, sequence):
    """The numbers of a stratum follow its places."""
    return sequence
