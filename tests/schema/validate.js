// SPDX-License-Identifier: GPL-2.0-or-later
//
// validate: are these files what our published schemas say? By ajv.
//
//   node validate.js SCHEMA_FOLDER NAME FILE... [-- NAME FILE...]...
//
// NAME is "snapshot-1" ...; of a trace, a recording and predictions each line
// is a document. Says how many documents were good; the first that are not
// with file and line, and exits 1. NODE_PATH says where ajv is.
"use strict";
const fs = require("fs");
const path = require("path");
const Ajv = require("ajv/dist/2020");

const BASE = "https://zonewalk.example/schemas/";
const LINES = /^(trace|recording|prediction)-/;
const [folder, ...rest] = process.argv.slice(2);
const ajv = new Ajv({ strict: true, allowUnionTypes: true,
	strictRequired: false, strictTypes: false });
const expectBad = process.env.EXPECT === "bad";
let good = 0, bad = 0;

for (const name of fs.readdirSync(folder))
	ajv.addSchema(JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")));

function check(validate, file, line, text)
{
	if (validate(JSON.parse(text))) {
		good++;
		return;
	}
	if (bad++ < 5 && !expectBad)
		console.log(`${file}:${line}: ` +
			ajv.errorsText(validate.errors.slice(0, 3)));
}

function checkFile(name, file)
{
	const validate = ajv.getSchema(`${BASE}${name}.json`);
	const text = fs.readFileSync(file, "utf8");

	if (!LINES.test(name))
		return check(validate, file, 1, text);
	text.trimEnd().split("\n").forEach((line, i) =>
		check(validate, file, i + 1, line));
}

const files = [];
let name = null;
for (const word of rest) {
	if (word === "--")
		name = null;
	else if (name === null)
		name = word;
	else
		files.push([name, word]);
}
let wrong = 0;
for (const [kind, file] of files) {
	const before = bad;

	checkFile(kind, file);
	if (expectBad && bad === before && wrong++ < 5)
		console.log(`${file}: nothing bad is found in it`);
}
console.log(`${good} good, ${bad} bad, ${files.length} files`);
process.exitCode = expectBad ? (wrong || !bad ? 1 : 0) : (bad || !good ? 1 : 0);
