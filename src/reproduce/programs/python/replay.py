# ---------------------------------------------------------------- the log


def events_of(data):
    try:
        return [json.loads(line) for line in data.decode("utf-8").split("\n") if line != ""]
    except ValueError:
        raise Stop("this is no log: each of its lines is an event in JSON.")


def levels_of(event):
    stratum = event["stratum"]
    for factor in FACTORS:
        if stratum.get(factor["factor"]) not in factor["levels"]:
            raise Stop(f"event {event['seq']} has no level of {factor['factor']} that the plan has: is it the last plan?")
    return [stratum[factor["factor"]] for factor in FACTORS]


def replay(seed_text, events):
    """Every participant in turn; a forced one is counted and draws nothing."""
    seed = seed_bytes(seed_text)
    opened = events[0] if events else {}
    if opened.get("kind") != "dynamic" or opened.get("list") != PLAN["list"] or opened.get("status") != STATUS:
        raise Stop(f"this is not the log of the {STATUS} dynamic allocation {PLAN['list']}.")
    if opened.get("seedMark") != stream_key(seed, "seed-mark", [])[:16]:
        raise Stop("this is not the seed that the log was opened with: the marks differ.")
    n = 0
    for event in events:
        if event["type"] not in ("assigned", "replaced", "forced") or "arm" not in event:
            continue
        n += 1
        levels = levels_of(event)
        if event["type"] != "forced":
            stream = words(stream_key(seed, "allocation", [("participant", str(n))]))
            arm = ARMS[draw_ball(balls_of(levels), stream)]
            number = number_of("", n)
            for what, expected, found in (("arm", arm, event["arm"]), ("number", number, event["number"])):
                if expected != found:
                    print(f"Event {event['seq']} differs (participant {n}): {what} expected {expected}, found {found}.")
                    return False
        after(levels, ARMS.index(event["arm"]))
    print(f"{n} allocations agree: this is {STATUS} dynamic allocation {PLAN['list']}.")
    return True


def main():
    parser = argparse.ArgumentParser(description=f"Replays the log of {STATUS} dynamic allocation {PLAN['list']}.")
    parser.add_argument("log", help="the log of the allocation (UNBLINDED)")
    parser.add_argument("--seed-file", metavar="FILE", help="reads the seed from a file")
    options = parser.parse_args()
    events = events_of(read_bytes(options.log))
    return 0 if replay(read_seed(options.seed_file), events) else 1
