# The procedure of the entry that names levels of this stratum, else the plan's. Gives the place of the entry, or 0.
PROCEDURE_OF_PLAN <- PLAN$procedure
WHOLE_LAST_BLOCK_OF_PLAN <- WHOLE_LAST_BLOCK
choose_procedure <- function(levels) {
  PLAN$procedure <<- PROCEDURE_OF_PLAN
  WHOLE_LAST_BLOCK <<- WHOLE_LAST_BLOCK_OF_PLAN
  for (i in seq_along(PLAN$procedures)) {
    named <- PLAN$procedures[[i]]$levels
    if (!all(named == "" | named == levels)) next
    PLAN$procedure <<- PLAN$procedures[[i]]$procedure
    WHOLE_LAST_BLOCK <<- WHOLE_LAST_BLOCK_OF[i]
    return(i)
  }
  0
}
