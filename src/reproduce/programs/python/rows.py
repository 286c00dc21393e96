# ---------------------------------------------------------------- sections 6 and 7: rows and files


def strata():
    """Of each stratum: its (factor, level) pairs, the digits of its place, and the rows that are asked for."""
    for levels in itertools.product(*(enumerate(factor["levels"], 1) for factor in PLAN["strata"])):
        stratum = [(factor["factor"], level) for factor, (_, level) in zip(PLAN["strata"], levels)]
        code = "".join(str(place).zfill(PLAN["numbers"].get("levelDigits", 2)) for place, _ in levels)
        own = [entry["length"] for entry in PLAN["lengths"] if entry["stratum"].items() <= dict(stratum).items()]
        yield stratum, code, own[0] if own else PLAN["length"]


def list_lines(seed_text):
    """The lines of the master list, without their line ends; the first one names the columns."""
    streams = streams_by_stratum(seed_text)
    factors = [factor["factor"] for factor in PLAN["strata"]]
    lines = [",".join(["status", "list", *factors, "sequence", "number", "block", "block_size", "position", "arm"])]
    for stratum, code, rows in strata():
        choose_procedure(stratum)
        drawn = drawn_rows(rows, *streams(stratum))
        for sequence, (arm, block, block_size, position) in enumerate(drawn, 1):
            number = number_of(code, sequence)
            levels = [level for _, level in stratum]
            cells = [STATUS, PLAN["list"], *levels, sequence, number, block, block_size, position]
            lines.append(",".join(map(str, [*cells, PLAN["arms"][arm]["arm"]])))
    return lines


def file_bytes(lines):
    return "".join(line + "\r\n" for line in lines).encode("utf-8")
