"""Runs many emitted programs in one process, each as if it had been started by itself.

Standard input: a JSON list of {"program": path, "arguments": [...], "input": text}.
Standard output: a JSON list of {"code": exit code, "output": text}, in that order.
"""
import io
import json
import sys


class NoTerminal(io.TextIOWrapper):
    def isatty(self):
        return False


def run(job):
    written = io.BytesIO()
    sys.argv = [job["program"], *job["arguments"]]
    sys.stdin = NoTerminal(io.BytesIO(job["input"].encode("utf-8")), encoding="utf-8")
    sys.stdout = sys.stderr = io.TextIOWrapper(written, encoding="utf-8", write_through=True, newline="\n")
    code = 0
    try:
        with open(job["program"], encoding="utf-8") as file:
            exec(compile(file.read(), job["program"], "exec"), {"__name__": "__main__", "__file__": job["program"]})
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    return {"code": code, "output": written.getvalue().decode("utf-8")}


real_output = sys.stdout
jobs = json.loads(sys.stdin.buffer.read().decode("utf-8"))
answers = [run(job) for job in jobs]
real_output.write(json.dumps(answers))
