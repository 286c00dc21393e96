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
