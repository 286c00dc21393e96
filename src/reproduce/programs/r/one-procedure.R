# Every stratum has the plan's procedure.
choose_procedure <- function(levels) 0
