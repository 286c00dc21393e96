#!/usr/bin/env python3
# UNBLINDED, for people who may know treatments: this program holds the allocation ratio and the parameters of the
# procedure. It holds neither the seed nor an allocation; whoever adds seed and log can compute the next one.
"""Makes the @STATUS@ dynamic allocation @LIST@ again from its seed and its log, and names the first one that differs.

It needs Python 3.8 or later and its standard library. It reads the seed and the log, and writes no file.

    python3 PROGRAM LOG           asks for the seed and replays the log
    --seed-file FILE              reads the seed from a file; without it and without a terminal, from standard input

Exit code: 0 every allocation is the one that plan and seed give, 1 one differs, 2 no comparison was made.

Written by allocell @VERSION@ for algorithm @ALGORITHM@. Every step is one of allocell's documents, against which it
can be checked: docs/algorithm.md (its section numbers stand below), docs/procedures-adaptive.md and docs/conduct-dynamic.md,
"Dynamic allocation".
"""
