def number_of(code, sequence):
    """The randomization number of a place in a stratum (section 6)."""
    numbers = PLAN["numbers"]
    place = str(place_of(code, sequence)).zfill(numbers["digits"])
    parts = {"stratum": code, "sequence": place}
    if "{check}" in numbers["mask"]:
        parts["check"] = check_digit(code + place)
    return ("T" if STATUS == "TEST" else "") + numbers["prefix"] + numbers["mask"].format(**parts)
