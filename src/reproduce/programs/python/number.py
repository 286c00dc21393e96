def number_of(code, sequence):
    """The randomization number of a place in a stratum (section 6)."""
    numbers = PLAN["numbers"]
    place = str(place_of(code, sequence)).zfill(numbers["digits"])
    return ("T" if STATUS == "TEST" else "") + numbers["prefix"] + code + place
