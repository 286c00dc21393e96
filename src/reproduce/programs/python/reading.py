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
