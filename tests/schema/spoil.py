# SPDX-License-Identifier: GPL-2.0-or-later
"""
spoil: files with one thing wrong in each, from a good one.

  python3 spoil.py snapshot GOOD.json FOLDER
  python3 spoil.py trace GOOD.jsonl FOLDER
  python3 spoil.py nudge GOOD.json FOLDER

Every key that must be there is taken out once, every value once replaced by
one of another kind and by numbers out of range. List elements are all of
one kind: the first stands for them. Of a trace, the first event of each
name is spoilt, alone in its file. Nudged, a snapshot stays of the right
shape, but one value is another: a number greater by 1, a flag turned, a list
turned around; every element of every list has its turn.
"""
import copy
import json
import os
import sys

OPTIONAL = {"page_types", "compound", "pfmemalloc", "distance", "nr_free_cma",
            "managed_cma", "cma_diff"}
# The keys of a map are data: any name is valid.
MAPS = {"lists", "page_types"}
# Whole numbers that may be below 0.
SIGNED = {"nr_free_pages", "stat_diff", "nr_free_cma", "cma_diff", "margin",
          "free", "unusable", "watermark", "delta", "diff", "global",
          "times", "times_left"}


def wrongs(key, value):
    """Values that may not stand where this one stands."""
    if isinstance(value, bool):
        return [1, "true", None]
    if isinstance(value, int):
        wrong = [4503599627370497, 1.5, "x", True, [value]]
        return wrong if key in SIGNED else wrong + [-1]
    if isinstance(value, str):
        return [5, {}, "\u0007" if key != "pageblocks" else "X"]
    if isinstance(value, list):
        return [{}, "x", 5]
    if isinstance(value, dict):
        return [[], "x", 5]
    return ["x", {}]


def ways(value, way=()):
    """Paths to every value, once for each path without indices."""
    seen = set()

    def walk(value, way, shape):
        if shape in seen:
            return
        seen.add(shape)
        if way:
            yield way
        if isinstance(value, dict):
            for key in value:
                yield from walk(value[key], way + (key,), shape + (key,))
        elif isinstance(value, list) and value:
            yield from walk(value[0], way + (0,), shape + ("[]",))

    return walk(value, way, ())


def spoilt(document):
    for way in ways(document):
        def at(root):
            for step in way[:-1]:
                root = root[step]
            return root

        last = way[-1]
        key = next((s for s in reversed(way) if isinstance(s, str)), "")
        in_map = len(way) > 1 and way[-2] in MAPS
        if isinstance(last, str) and last not in OPTIONAL and not in_map:
            changed = copy.deepcopy(document)
            del at(changed)[last]
            yield changed
        for wrong in wrongs(key, at(document)[last]):
            changed = copy.deepcopy(document)
            at(changed)[last] = wrong
            yield changed


def nudged(document):
    """Every value of the document changed a little, one at a time."""
    def changes(value, key=None):
        if isinstance(value, bool):
            yield not value
        elif isinstance(value, int):
            yield value + 1
        elif (isinstance(value, list) and value[::-1] != value
              and key != "blocks"):  # in any order they are the same
            yield value[::-1]
        if isinstance(value, (dict, list)):
            keys = value if isinstance(value, dict) else range(len(value))
            for key in keys:
                for changed in changes(value[key], key):
                    whole = copy.copy(value)
                    whole[key] = changed
                    yield whole

    return changes(document)


def write(folder, number, text):
    with open(os.path.join(folder, f"{number:04}.json"), "w",
              encoding="utf-8") as f:
        f.write(text)


def main():
    kind, good, folder = sys.argv[1:]
    number = 0
    with open(good, encoding="utf-8") as f:
        if kind in ("snapshot", "nudge"):
            documents = [json.load(f)]
            head = ""
        else:
            head = f.readline()
            first = {}
            for line in f:
                event = json.loads(line)
                first.setdefault(event["event"], event)
            documents = list(first.values())
    for document in documents:
        if kind == "trace":
            document["step"] = document["request"] = 1
        for changed in (nudged if kind == "nudge" else spoilt)(document):
            write(folder, number, head + json.dumps(changed) + "\n")
            number += 1
    print(number)


main()
