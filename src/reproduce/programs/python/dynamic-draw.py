# ---------------------------------------------------------------- section 5: balls


def draw_ball(balls, stream):
    x = below(sum(balls), stream)
    for ball, count in enumerate(balls):
        if x < count:
            return ball
        x -= count
