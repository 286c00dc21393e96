def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=f"Regenerates {STATUS} list {PLAN['list']} and compares it.")
    parser.add_argument("csv", nargs="?", help=f"the master list (default: {MASTER_CSV} beside this program)")
    parser.add_argument("--seed-file", metavar="FILE", help="reads the seed from a file")
    parser.add_argument("--write", action="store_true", help="prints the list (UNBLINDED) and compares nothing")
    options = parser.parse_args()
    received = None if options.write else read_bytes(options.csv or os.path.join(here, MASTER_CSV))
    seed_text = read_seed(options.seed_file)
    lines = list_lines(seed_text)
    if options.write:
        sys.stdout.buffer.write(file_bytes(lines))
        return 0
    if compare(lines, received):
        return 0
    mark = stream_key(seed_bytes(seed_text), "seed-mark", [])[:16]
    print(f"The mark of the seed that you gave is {mark}. If the list's unblinded manifest has another seedMark, then")
    print("the seed is wrong and not the list.")
    return 1
