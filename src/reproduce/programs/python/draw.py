def drawn_rows(rows, allocation, block_sizes):
    """The rows of one stratum: (arm, block, rows of the block, position in it), arms by their index."""
    ratio = [arm["ratio"] for arm in PLAN["arms"]]
    common = 0
    for share in ratio:
        common = math.gcd(common, share)
    urn = UrnOfPlan([share // common for share in ratio], rows)
    drawn = []
    block = block_rows = block_start = 0
    while len(drawn) < (max(rows, block_start + block_rows) if WHOLE_LAST_BLOCK else rows):
        opening = urn.opening_block()
        if opening:
            block, block_rows, block_start = block + 1, opening, len(drawn)
        balls = urn.balls()
        if not any(balls):
            raise Stop("the procedure ends before the list does.")
        assigns = any(balls[: len(ratio)])
        x = below(sum(balls), allocation if assigns else block_sizes)
        ball = 0
        while x >= balls[ball]:
            x -= balls[ball]
            ball += 1
        if ball < len(ratio):
            position = len(drawn) - block_start + 1 if block else 0
            drawn.append((ball, block, block_rows, position))
        urn.take(ball)
    return drawn
