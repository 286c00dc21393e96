status <- tryCatch(
  main(if (interactive()) character(0) else commandArgs(TRUE)),
  refusal = function(refusal) {
    message("No comparison was made: ", conditionMessage(refusal))
    2
  },
  error = function(error) {
    message("No comparison was made: this program failed: ", conditionMessage(error))
    2
  }
)
if (!interactive()) quit(save = "no", status = status)
