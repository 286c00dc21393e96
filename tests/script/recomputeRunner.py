"""Changes one amount after the other of an answer, and asks the program that recomputes it what differs.

Arguments: the program, and a file with a JSON list of {"answer": file, "changes": [{"path": [...], "text": ...}]}.
Standard output: a JSON list with a list of differences for each.
"""
import importlib.util
import json
import sys

spec = importlib.util.spec_from_file_location("program", sys.argv[1])
program = importlib.util.module_from_spec(spec)
spec.loader.exec_module(program)


def changed(answer, change):
    *way, last = change["path"]
    place = answer
    for name in way:
        place = place[name]
    before, place[last] = place[last], change["text"]
    try:
        return program.compare(answer)[1]
    finally:
        place[last] = before


def said(job):
    with open(job["answer"], encoding="utf-8") as file:
        answer = json.load(file)["preparation"]
    return [changed(answer, change) for change in job["changes"]]


with open(sys.argv[2], encoding="utf-8") as file:
    print(json.dumps([said(job) for job in json.load(file)]))
