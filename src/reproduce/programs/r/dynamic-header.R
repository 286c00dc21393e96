#!/usr/bin/env Rscript
# UNBLINDED, for people who may know treatments: this program holds the allocation ratio and the parameters of the
# procedure. It holds neither the seed nor an allocation; whoever adds seed and log can compute the next one.
#
# Makes the @STATUS@ dynamic allocation @LIST@ again from its seed and its log, and names the first one that differs.
#
# It needs R 3.6 or later as it is installed, and no package. It reads the seed and the log, and writes no file.
#
#   Rscript PROGRAM LOG           asks for the seed and replays the log
#   --seed-file FILE              reads the seed from a file; without it and without a terminal, from standard input
#
# Exit code: 0 every allocation is the one that plan and seed give, 1 one differs, 2 no comparison was made.
#
# Written by allocell @VERSION@ for algorithm @ALGORITHM@. The steps are those of allocell's documents
# docs/algorithm.md, whose section numbers stand below, docs/procedures-adaptive.md and docs/conduct-dynamic.md, "Dynamic
# allocation": check them against the documents.
