def choose_procedure(stratum):
    """Section 6: the procedure of the entry that names levels of this stratum, else the plan's."""
    global PROCEDURE, WHOLE_LAST_BLOCK
    PROCEDURE, WHOLE_LAST_BLOCK = PLAN["procedure"], WHOLE_LAST_BLOCK_OF_PLAN
    for entry, whole in zip(PLAN["procedures"], WHOLE_LAST_BLOCK_OF):
        if entry["stratum"].items() <= dict(stratum).items():
            PROCEDURE, WHOLE_LAST_BLOCK = entry["procedure"], whole


WHOLE_LAST_BLOCK_OF_PLAN = WHOLE_LAST_BLOCK
