import type { NumberFormat } from "../../list/index.js";

/** Sections 6 and 7 of docs/algorithm.md in Python, the comparison, and the program's dealings with its user. */

/** The numbers of rows and of participants; the mask and the order of places only where a plan has them. */
export function pythonNumbers({ mask, shuffle }: NumberFormat): string {
  const place = shuffle === undefined ? "sequence" : "shuffled(code, sequence)";
  const body =
    mask === undefined
      ? '    return ("T" if STATUS == "TEST" else "") + numbers["prefix"] + code + place'
      : MASKED_NUMBER;
  return [
    ...(mask?.includes("{check}") === true ? [CHECK_DIGIT] : []),
    ...(shuffle === undefined ? [] : [SHUFFLED]),
    String.raw`

def number_of(code, sequence):
    """The randomization number of a place in a stratum (section 6)."""
    numbers = PLAN["numbers"]
    place = str(${place}).zfill(numbers["digits"])
${body}
`,
  ].join("");
}

const MASKED_NUMBER = String.raw`    parts = {"stratum": code, "sequence": place}
    if "{check}" in numbers["mask"]:
        parts["check"] = check_digit(code + place)
    return ("T" if STATUS == "TEST" else "") + numbers["prefix"] + numbers["mask"].format(**parts)`;

const CHECK_DIGIT = String.raw`

def check_digit(digits):
    """ISO 7064, MOD 11,10."""
    product = 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)
`;

const SHUFFLED = String.raw`

def shuffled(code, sequence):
    """Section 6: ten Feistel rounds over the two halves of the digits."""
    digits, text = PLAN["numbers"]["digits"], PLAN["numbers"]["shuffle"]
    left_size, right_size = 10 ** ((digits + 1) // 2), 10 ** (digits // 2)
    left, right = divmod(sequence, right_size)
    for number in range(10):
        half = right if number % 2 == 0 else left
        named = f"allocell-number-order-1:{text}:{code}:{number}:{half}"
        turn = int(hashlib.sha256(named.encode("ascii")).hexdigest()[:8], 16)
        if number % 2 == 0:
            left = (left + turn) % left_size
        else:
            right = (right + turn) % right_size
    return left * right_size + right
`;

export const ROWS: string = String.raw`

# ---------------------------------------------------------------- sections 6 and 7: rows and files


def strata():
    """Of each stratum: its (factor, level) pairs, the digits of its place, and the rows that are asked for."""
    for levels in itertools.product(*(enumerate(factor["levels"], 1) for factor in PLAN["strata"])):
        stratum = [(factor["factor"], level) for factor, (_, level) in zip(PLAN["strata"], levels)]
        code = "".join(str(place).zfill(PLAN["numbers"].get("levelDigits", 2)) for place, _ in levels)
        own = [entry["length"] for entry in PLAN["lengths"] if entry["stratum"].items() <= dict(stratum).items()]
        yield stratum, code, own[0] if own else PLAN["length"]


def list_lines(seed_text):
    """The lines of the master list, without their line ends; the first one names the columns."""
    streams = streams_by_stratum(seed_text)
    factors = [factor["factor"] for factor in PLAN["strata"]]
    lines = [",".join(["status", "list", *factors, "sequence", "number", "block", "block_size", "position", "arm"])]
    for stratum, code, rows in strata():
        drawn = drawn_rows(rows, *streams(stratum))
        for sequence, (arm, block, block_size, position) in enumerate(drawn, 1):
            number = number_of(code, sequence)
            levels = [level for _, level in stratum]
            cells = [STATUS, PLAN["list"], *levels, sequence, number, block, block_size, position]
            lines.append(",".join(map(str, [*cells, PLAN["arms"][arm]["arm"]])))
    return lines


def file_bytes(lines):
    return "".join(line + "\r\n" for line in lines).encode("utf-8")
`;

/** The line that draws a stratum, and the two that do so where strata have procedures of their own. */
export const ONE_PROCEDURE: string = String.raw`        drawn = drawn_rows(rows, *streams(stratum))
`;
export const CHOOSE_PROCEDURE: string = String.raw`        choose_procedure(stratum)
        drawn = drawn_rows(rows, *streams(stratum))
`;

export const OWN_PROCEDURES: string = String.raw`

def choose_procedure(stratum):
    """Section 6: the procedure of the entry that names levels of this stratum, else the plan's."""
    global PROCEDURE, WHOLE_LAST_BLOCK
    PROCEDURE, WHOLE_LAST_BLOCK = PLAN["procedure"], WHOLE_LAST_BLOCK_OF_PLAN
    for entry, whole in zip(PLAN["procedures"], WHOLE_LAST_BLOCK_OF):
        if entry["stratum"].items() <= dict(stratum).items():
            PROCEDURE, WHOLE_LAST_BLOCK = entry["procedure"], whole


WHOLE_LAST_BLOCK_OF_PLAN = WHOLE_LAST_BLOCK
`;

export const COMPARISON: string = String.raw`

# ---------------------------------------------------------------- comparison


def compare(lines, received):
    """Prints the first line in which the file departs from the list; True if every byte agrees."""
    rows = len(lines) - 1
    if received == file_bytes(lines):
        print(f"{rows} rows agree: this is {STATUS} list {PLAN['list']}.")
        return True
    text = received.decode("utf-8", "replace")
    text = text[1:] if text.startswith("\ufeff") else text
    found = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if found[-1] == "":
        found.pop()
    for at in range(max(len(lines), len(found))):
        right = lines[at] if at < len(lines) else "(the end of the file)"
        there = found[at] if at < len(found) else "(the end of the file)"
        if right != there:
            print(f"Row {at} differs (line {at + 1} of the file):" if at else "The line of column names differs:")
            print(f"  expected: {right}")
            print(f"  found:    {there}")
            if sorted(lines) == sorted(found):
                print("The rows are all there, in another order: the file was re-sorted.")
            if at:
                print(f"{at - 1} of {rows} rows agree before it.")
            return False
    print(f"The {rows} rows agree, but line ends or a byte-order mark were changed, as editors and spreadsheets do.")
    return False
`;

/** How seed and files are read, and why nothing is compared. */
export const READING: string = String.raw`

# ---------------------------------------------------------------- the program


class Stop(Exception):
    """Why no comparison can be made, in a sentence."""


def read_bytes(file):
    try:
        with open(file, "rb") as opened:
            return opened.read()
    except OSError as error:
        raise Stop(f"{file} cannot be read: {error.strerror}. Run with --help to see what can be given.")


def read_seed(file):
    """The seed's text: from a file, from a terminal without showing it, or as a line of standard input."""
    if file is None and sys.stdin.isatty():
        return getpass.getpass(f"{STATUS} seed of list {PLAN['list']} (it is not shown): ")
    received = sys.stdin.buffer.readline() if file is None else read_bytes(file)
    try:
        return re.sub("\r?\n\\Z", "", received.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Stop("the seed is no text in UTF-8.")

`;

/** How the program is started, and its exit code. */
export const ENDING: string = String.raw`

if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        sys.exit(main())
    except Stop as stop:
        problem = str(stop)
    except (KeyboardInterrupt, EOFError):
        problem = "no seed was given."
    except Exception as error:
        problem = f"this program failed: {error!r}"
    print(f"No comparison was made: {problem}", file=sys.stderr)
    sys.exit(2)
`;

export const MAIN: string = String.raw`${READING}
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
${ENDING}`;
