#!/usr/bin/env Rscript
# UNBLINDED, for people who may know treatments: this program holds the allocation ratio and the parameters of the
# procedure, such as block sizes. It holds neither the seed nor an assignment; whoever adds the seed has the whole list.
#
# Regenerates @STATUS@ list @LIST@ from its seed and compares it with the list's file, row by row.
#
# It needs R 3.6 or later as it is installed, and no package. It reads the seed and the list, and writes no file.
#
#   Rscript PROGRAM               asks for the seed and compares @MASTER_CSV@ beside PROGRAM
#   Rscript PROGRAM LIST.csv      compares another file
#   Rscript PROGRAM --write       compares nothing and prints the list (UNBLINDED)
#   --seed-file FILE              reads the seed from a file; without it and without a terminal, from standard input
#
# Exit code: 0 every byte agrees, 1 the file differs, 2 no comparison was made.
#
# Written by allocell @VERSION@ for algorithm @ALGORITHM@. The steps are those of allocell's documents
# docs/algorithm.md, whose section numbers stand below, docs/procedures.md and docs/procedures-adaptive.md: check them
# against the documents.
