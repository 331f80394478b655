# SPDX-License-Identifier: GPL-2.0-or-later
"""
compare: does an explanation have what a sample expects?

  zonewalk explain --json REPORT | python3 compare.py EXPECTED [KEY...]

Each of the KEYs (default: kernel, request, verdict and passes) of EXPECTED
has to be in the explanation: an object with at least the same members, a list
with the same number of values, anything else equal. Exit 1 with a line for
each difference.
"""
import json
import sys


def differences(expected, found, path):
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            if key in found:
                yield from differences(value, found[key], path + "." + key)
            else:
                yield f"{path}.{key} is missing"
    elif (isinstance(expected, list) and isinstance(found, list)
          and len(expected) == len(found)):
        for i, (a, b) in enumerate(zip(expected, found)):
            yield from differences(a, b, f"{path}[{i}]")
    elif expected != found or isinstance(expected, bool) != isinstance(
            found, bool):
        yield f"{path} is {found!r}, expected {expected!r}"


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        sample = json.load(f)
    keys = sys.argv[2:] or ["kernel", "request", "verdict", "passes"]
    found = json.load(sys.stdin)
    wrong = list(differences({key: sample[key] for key in keys}, found, ""))
    print("\n".join(wrong) or f"{len(keys)} keys as expected")
    return 1 if wrong else 0


sys.exit(main())
