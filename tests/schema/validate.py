# SPDX-License-Identifier: GPL-2.0-or-later
"""
validate: are these files what our published schemas say? By jsonschema.

  python3 validate.py SCHEMA_FOLDER NAME FILE... [-- NAME FILE...]...

The same as validate.js, which see. A line of a trace or recording is held
against its own part of the schema, found by its event or op, which is much
faster; the first ones of each kind against the whole schema too. Of the
operations of a recording only one in EVERY (default 50) is looked at.
"""
import json
import os
import sys

import jsonschema

BASE = "https://zonewalk.example/schemas/"
EVERY = int(os.environ.get("EVERY", "50"))


def load(folder):
    schemas = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            schema = json.load(f)
        jsonschema.Draft202012Validator.check_schema(schema)
        schemas[schema["$id"]] = schema
    return schemas


class Validators:
    def __init__(self, schemas):
        self.schemas = schemas
        self.made = {}
        self.seen = {}

    def get(self, ref):
        if ref not in self.made:
            whole = self.schemas[ref.split("#")[0]]
            resolver = jsonschema.RefResolver(whole["$id"], whole,
                                              store=self.schemas)
            self.made[ref] = jsonschema.Draft202012Validator(
                {"$ref": ref}, resolver=resolver)
        return self.made[ref]

    def first_ones(self, kind):
        self.seen[kind] = self.seen.get(kind, 0) + 1
        return self.seen[kind] <= 2

    def refs(self, name, number, document):
        """What to hold a document against; nothing: it is left out."""
        whole = BASE + name + ".json"
        kind = None
        if name.startswith("trace-"):
            kind = "event_" + str(document.get("event"))
        elif name.startswith("recording-"):
            kind = document.get("op")
            if kind and number % EVERY and not self.first_ones(kind):
                return []
        if kind is None or kind not in self.schemas[whole]["$defs"]:
            return [whole]
        refs = [whole + "#/$defs/" + kind]
        return refs + [whole] if self.first_ones(name + kind) else refs


def documents(name, file):
    with open(file, encoding="utf-8") as f:
        if not name.startswith(("trace-", "recording-", "prediction-")):
            yield 1, json.load(f)
            return
        for number, line in enumerate(f, 1):
            yield number, json.loads(line)


def arguments(words):
    name = None
    for word in words:
        if word == "--":
            name = None
        elif name is None:
            name = word
        else:
            yield name, word


class Counts:
    def __init__(self, expect_bad):
        self.expect_bad = expect_bad
        self.good = self.bad = self.files = self.wrong = 0

    def count(self, file, number, error):
        self.good += error is None
        self.bad += error is not None
        if error is not None and self.bad <= 5 and not self.expect_bad:
            print(f"{file}:{number}: {error.json_path}: "
                  f"{error.message[:200]}")

    def end(self, file, bad_before):
        self.files += 1
        if self.expect_bad and self.bad == bad_before:
            self.wrong += 1
            print(f"{file}: nothing bad is found in it")

    def exit_code(self):
        if self.expect_bad:
            return 1 if self.wrong or not self.bad else 0
        return 1 if self.bad or not self.good else 0


def main():
    validators = Validators(load(sys.argv[1]))
    counts = Counts(os.environ.get("EXPECT") == "bad")
    for name, file in arguments(sys.argv[2:]):
        before = counts.bad
        for number, document in documents(name, file):
            for ref in validators.refs(name, number, document):
                errors = validators.get(ref).iter_errors(document)
                counts.count(file, number, next(errors, None))
        counts.end(file, before)
    print(f"{counts.good} good, {counts.bad} bad, {counts.files} files")
    sys.exit(counts.exit_code())


main()
