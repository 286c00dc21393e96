#!/usr/bin/env python3
# UNBLINDED, for people who may know treatments: this program holds the allocation ratio and the parameters of the
# procedure, such as block sizes. It holds neither the seed nor an assignment; whoever adds the seed has the whole list.
"""Regenerates @STATUS@ list @LIST@ from its seed and compares it with the list's file, row by row.

It needs Python 3.8 or later and its standard library. It reads the seed and the list, and writes no file.

    python3 PROGRAM               asks for the seed and compares @MASTER_CSV@ beside PROGRAM
    python3 PROGRAM LIST.csv      compares another file
    python3 PROGRAM --write       compares nothing and prints the list (UNBLINDED)
    --seed-file FILE              reads the seed from a file; without it and without a terminal, from standard input

Exit code: 0 every byte agrees, 1 the file differs, 2 no comparison was made.

Written by allocell @VERSION@ for algorithm @ALGORITHM@. Every step is one of allocell's documents, against which it
can be checked: docs/algorithm.md (its section numbers stand below), docs/procedures.md, docs/procedures-adaptive.md.
"""
