# ---------------------------------------------------------------- Atkinson

ROWS = []
SIGNS = []


def design_row(levels):
    row = [1]
    for factor, level in zip(FACTORS, levels):
        row += [int(level == other) for other in factor["levels"][1:]]
    return row


def after(levels, arm):
    ROWS.append(design_row(levels))
    SIGNS.append(1 if arm == 0 else -1)


def balls_of(levels):
    """Least squares by elimination, column by column; a column that depends on earlier ones has coefficient 0."""
    x = design_row(levels)
    n = len(x)
    table = [[Fraction(sum(row[i] * row[j] for row in ROWS)) for j in range(n)] for i in range(n)]
    for i in range(n):
        table[i].append(Fraction(sum(row[i] * sign for row, sign in zip(ROWS, SIGNS))))
    solved = []
    for pivot in range(n):
        if table[pivot][pivot] == 0:
            continue
        divisor = table[pivot][pivot]
        table[pivot] = [value / divisor for value in table[pivot]]
        for i in range(n):
            if i != pivot and table[i][pivot] != 0:
                factor = table[i][pivot]
                table[i] = [value - factor * own for value, own in zip(table[i], table[pivot])]
        solved.append(pivot)
    a = sum((table[i][n] for i in solved if x[i] == 1), Fraction(0))
    return lowest_terms([(a.denominator - a.numerator) ** 2, (a.denominator + a.numerator) ** 2])
