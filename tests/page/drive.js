// SPDX-License-Identifier: GPL-2.0-or-later
//
// drive.js PAGE FRAMES: use an exported page in a headless Chromium as a
// learner does, by keys and by clicks. FRAMES is a folder with the output of
// `zonewalk frame --step N` in N.txt. Prints what was checked; exits 1 at the
// first thing that is wrong.
'use strict';
const { spawn } = require('child_process');
const fs = require('fs');
const path = require('path');
const [page, frames, profile] = process.argv.slice(2);

const chromium = spawn(process.env.CHROMIUM || 'chromium', ['--headless',
	'--no-sandbox', '--disable-gpu', '--user-data-dir=' + profile,
	'--remote-debugging-pipe', '--window-size=1280,900'],
{ stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
const waiting = new Map();
const messages = [];
let session, last = 0, rest = '', loaded = () => {};

function send(method, params = {}) {
	const id = ++last;
	chromium.stdio[3].write(JSON.stringify({ id, method, params,
		sessionId: session }) + '\0');
	return new Promise((done) => waiting.set(id, done));
}

chromium.stdio[4].on('data', (bytes) => {
	const parts = (rest + bytes).split('\0');
	rest = parts.pop();
	for (const part of parts) {
		const m = JSON.parse(part);
		if (m.id)
			waiting.get(m.id)(m.result || m);
		else if (m.method === 'Page.loadEventFired')
			loaded();
		else if (/consoleAPICalled|exceptionThrown|entryAdded/
			.test(m.method))
			messages.push(JSON.stringify(m.params));
	}
});

function check(ok, what) {
	if (ok)
		return;
	console.error('not so: ' + what);
	chromium.kill();
	process.exit(1);
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// A minute is for systems with much to do.
async function until(condition, what) {
	const end = Date.now() + 60000;
	while (!await condition()) {
		check(Date.now() < end, what);
		await pause(20);
	}
}

async function load(method, params) {
	const event = new Promise((done) => { loaded = done; });
	await send(method, params);
	await event;
}

async function evaluate(text) {
	const r = await send('Runtime.evaluate',
		{ expression: text, returnByValue: true });
	check(r.result && !r.exceptionDetails, text + ': ' +
		JSON.stringify(r.exceptionDetails));
	return r.result.value;
}

async function press(key, text) {
	await send('Input.dispatchKeyEvent', { type: 'keyDown', key,
		text: text || (key === 'Enter' ? '\r' :
			key.length === 1 ? key : undefined) });
	await send('Input.dispatchKeyEvent', { type: 'keyUp', key });
}

const at = () => evaluate('document.getElementById("time").value * 1');
const step = () => evaluate('location.hash');
const card = () => evaluate('document.getElementById("card").hidden ? "" : ' +
	'document.getElementById("card").textContent');
const screen = () => evaluate('document.getElementById("screen").textContent');
const rows = (text) => text.split('\n').map((l) => l.trimEnd()).join('\n')
	.trimEnd();

async function feedback() {
	await until(async () => /Correct|Not correct|Skipped/
		.test(await card()), 'an answer has its feedback');
	return card();
}

// The screens of the steps of questions, while they are open.
const compared = new Set();
async function compareQuestion() {
	const number = Number((await step()).slice(6));
	if (!number || compared.has(number))
		return;
	compare(number, await screen());
}

const frame = (number) =>
	rows(fs.readFileSync(path.join(frames, number + '.txt'), 'utf8'));

function compare(number, shown) {
	check(rows(shown) === frame(number),
		'step ' + number + ' is as in frame:\n' + shown);
	compared.add(number);
}

async function untilQuestion() {
	for (let i = 0; i < 300; i++) {
		if (/Skip \(Esc\)/.test(await card())) {
			await compareQuestion();
			return true;
		}
		const before = await at();
		await press('Enter');
		if (await at() === before && !await card())
			return false;
	}
	return false;
}

async function answers() {
	check(await untilQuestion(), 'Enter comes to a question');
	const question = await at();
	await press('End');
	check(await at() === question, 'nothing goes past an open question');
	await send('Input.insertText', { text: 'x' });
	await press('Enter');
	check(/Type a number/.test(await card()), 'x is no number');
	await evaluate('document.getElementById("answer").value = ""');
	await send('Input.insertText', { text: '3' });
	await press('Enter');
	check(/Not correct · 0 of 1.*You answered 3.*The answer is 7/
		.test(await feedback()), 'feedback: ' + await card());
	check(await at() > question, 'the steps to the answer were played');
	await press('Enter');
	check(await untilQuestion(), 'Enter comes to the second question');
	let nr = 1;
	do { // by clicks: skip
		await evaluate('[...document.querySelectorAll("#card button")]' +
			'.pop().click()');
		check(/Skipped/.test(await feedback()), 'it is skipped');
		await press('Enter');
		nr++;
	} while (await untilQuestion());
	return nr;
}

async function keys() {
	await press('Home');
	check(await step() === '#step=0', 'Home');
	await press('End');
	check(await step() === '#step=90', 'End: ' + await step());
	await press('[');
	const request = await at();
	await press(']');
	check(await at() > request, ']');
	await press('Home');
	for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft'])
		await press(key);
	check(await at() === 1, 'arrows');
	await press('Backspace');
	check(await at() === 0, 'Backspace');
	await press('/');
	await send('Input.insertText', { text: 'upper half' });
	await press('Enter');
	const found = await at();
	check(/upper half/.test(await screen()), '/ finds');
	await press('n');
	check(await at() > found, 'n');
	await press('N');
	check(await at() === found, 'N');
	await press(' ');
	await until(async () => await at() > found, 'Space plays');
	await press(' ');
	await press('?');
	check(await evaluate('document.getElementById("help").open'), '?');
	await press('Escape');
	await evaluate('document.getElementById("help").close()');
}

async function main() {
	const { targetInfos } = await send('Target.getTargets');
	const target = targetInfos.find((t) => t.type === 'page');
	const r = await send('Target.attachToTarget',
		{ targetId: target.targetId, flatten: true });
	session = r.sessionId;
	for (const domain of ['Runtime', 'Log', 'Page'])
		await send(domain + '.enable');
	await load('Page.navigate', { url: 'file://' + path.resolve(page) });
	const nr = await answers();
	await keys();
	const questions = compared.size;
	for (const file of fs.readdirSync(frames)) {
		const number = parseInt(file, 10);
		if (compared.has(number))
			continue;
		await evaluate('location.hash = "#step=' + number + '"');
		await until(async () => rows(await screen()) === frame(number),
			'step ' + number + ' is as in frame');
		compared.add(number);
	}
	check(questions > 0, 'questions were compared');
	await load('Page.reload', {});
	check(await evaluate('document.getElementById("card").hidden'),
		'the answers are remembered');
	check(messages.length === 0, 'no message: ' + messages.join('\n'));
	console.log(nr + ' questions, ' + compared.size + ' screens');
	chromium.kill();
	process.exit(0);
}

main();
