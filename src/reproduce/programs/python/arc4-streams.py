def streams_by_stratum(seed_text):
    """A function that gives a stratum its streams: (allocation, block sizes)."""
    seed = seed_bytes(seed_text)
    return lambda stratum: (
        words(stream_key(seed, "allocation", stratum)),
        words(stream_key(seed, "block-sizes", stratum)),
    )
