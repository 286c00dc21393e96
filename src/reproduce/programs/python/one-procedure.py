def choose_procedure(stratum):
    """Every stratum has the plan's procedure."""
