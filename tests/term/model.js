// SPDX-License-Identifier: GPL-2.0-or-later
//
// model: what a terminal shows after some bytes, by another terminal than
// tmux (the one that web pages and editors use).
//
//   node model.js [--looks] WxH FILE [WxH FILE]...
//
// Each file's bytes are written to a terminal of that size; a further size
// resizes it. Prints the rows, without blanks at their ends, then a line
// "cursor X Y". With --looks a letter a cell instead of its character: what
// is not of the terminal's default look.
import { readFileSync } from "node:fs";
import headless from "@xterm/headless";

function write(terminal, bytes) {
	return new Promise((resolve) => terminal.write(bytes, resolve));
}

// One letter for bold, dim, inverse and the two colours of a cell.
function look(cell) {
	const flags =
		(cell.isBold() ? 1 : 0) |
		(cell.isDim() ? 2 : 0) |
		(cell.isInverse() ? 4 : 0);
	const color = (isDefault, value) => (isDefault ? "-" : String(value));
	return (
		flags +
		color(cell.isFgDefault(), cell.getFgColor()) +
		"/" +
		color(cell.isBgDefault(), cell.getBgColor()) +
		" "
	);
}

function row(terminal, y, looks) {
	const buffer = terminal.buffer.active;
	const line = buffer.getLine(buffer.viewportY + y);
	if (!looks) return line.translateToString(true, 0, terminal.cols).replace(/ +$/, "");
	let text = "";
	for (let x = 0; x < terminal.cols; x++) {
		const cell = line.getCell(x);
		// a blank has no foreground that anybody could see
		text += (cell.getChars() || " ") === " " ? ". " : look(cell);
	}
	return text;
}

const words = process.argv.slice(2);
const looks = words[0] === "--looks";
if (looks) words.shift();
let terminal = null;
for (let i = 0; i + 1 < words.length; i += 2) {
	const [cols, rows] = words[i].split("x").map(Number);
	if (terminal) terminal.resize(cols, rows);
	else
		terminal = new headless.Terminal({
			cols,
			rows,
			allowProposedApi: true,
			convertEol: false,
		});
	await write(terminal, readFileSync(words[i + 1]));
}
for (let y = 0; y < terminal.rows; y++) console.log(row(terminal, y, looks));
const { cursorX, cursorY } = terminal.buffer.active;
console.log(`cursor ${cursorX} ${cursorY}`);
