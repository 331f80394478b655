// SPDX-License-Identifier: GPL-2.0-or-later
//
// screen.js: what the page shows: the screen, the scenario, questions. The
// data are JSON:
//
//   rows       [text, begin, length, look, ...]: each distinct row once
//   places     {s: step, q: open question or -1, n: request, p: point of
//              interest, r: rows, t: event text, c: caption, l: source line}
//              at a question r has it open, and d is the screen after it
//   questions  see put_question() in export_page.c

const $ = (id) => document.getElementById(id);

// -- state -------------------------------------------------------------------

const data = JSON.parse(decode($('data').textContent));
const places = data.places, questions = data.questions;
const STORE = 'zonewalk:' + data.title + ':' + places.length;
let at = 0, choice = 0, timer = 0, card = null, revealing = null;
let answers = []; // of the questions, in order; '' is skipped
let needle = '';

function load() {
	try {
		const kept = JSON.parse(localStorage.getItem(STORE) || '{}');
		answers = (kept.answers || []).slice(0, questions.length);
		at = Math.min(kept.at || 0, limit());
	} catch (error) { /* without storage the page begins anew */ }
}

function save() {
	try {
		localStorage.setItem(STORE, JSON.stringify({ answers, at }));
	} catch (error) { /* see load() */ }
}

// The last place that may be shown: that of the open question.
function limit() {
	const open = places.findIndex((p) => p.q >= answers.length);
	return open < 0 ? places.length - 1 : open;
}

function open() {
	const q = places[at].q;
	return q >= 0 && q === answers.length ? questions[q] : null;
}

// -- the screen --------------------------------------------------------------

const LOOKS = data.looks;

// Text in an element; what is not ASCII takes its columns and no more.
function append(parent, text) {
	for (const part of text.match(/[\x00-\x7f]+|[^\x00-\x7f]+/g) || []) {
		if (part.charCodeAt(0) < 0x80) {
			parent.append(part);
			continue;
		}
		const cell = document.createElement('i');
		cell.textContent = part;
		if (!/[\u1100-\uffdc]/.test(part.replace(/[\u2000-\u2fff]/g, '')))
			cell.style.width = Array.from(part).length + 'ch';
		parent.append(cell);
	}
}

function rowElement(row) {
	const line = document.createElement('span');
	const text = Array.from(row[0]);
	let x = 0;
	for (let i = 1; i < row.length; i += 3) {
		append(line, text.slice(x, row[i]).join(''));
		x = row[i] + row[i + 1];
		const run = document.createElement('span');
		run.className = LOOKS[row[i + 2]];
		append(run, text.slice(row[i], x).join(''));
		line.append(run);
	}
	append(line, text.slice(x).join('') + '\n');
	return line;
}

function rowsNow() {
	const q = open();
	return q ? q.screens[choice] || places[at].r :
		places[at].d || places[at].r;
}

function drawSource() {
	const q = questions[answers.length], end = q ? q.line - 1 : Infinity;
	const pre = $('source');
	pre.textContent = '';
	data.source.forEach((line, i) => {
		if (i >= end || (q && /^\s*--/.test(line)))
			return;
		const now = i + 1 === places[at].l;
		const element = document.createElement(now ? 'b' : 'span');
		element.textContent = String(i + 1).padStart(3) + '  ' + line +
			(now ? '' : '\n');
		pre.append(element);
		if (now)
			setTimeout(() => {
				pre.scrollTop = element.offsetTop -
					pre.offsetTop - pre.clientHeight / 2;
			});
	});
}

function drawJump() {
	const list = $('jump'), end = limit();
	list.textContent = '';
	list.append(new Option('', ''));
	for (let i = 0; i <= end; i++) {
		const p = places[i], before = places[i - 1] || {};
		if (p.q >= 0)
			list.append(new Option('? ' + questions[p.q].ask
				.slice(0, 50), i));
		else if (p.c && p.c !== before.c)
			list.append(new Option('» ' + p.c.slice(0, 50), i));
		else if (p.n !== before.n && p.n)
			list.append(new Option('request ' + p.n + ', step ' +
				p.s, i));
	}
}

function draw() {
	const p = places[at];
	$('screen').replaceChildren(...rowsNow().map((i) =>
		rowElement(data.rows[i])));
	$('live').textContent = 'Step ' + p.s + '. ' + p.t +
		(p.c && p.q < 0 ? ' ' + p.c : '');
	$('time').max = places.length - 1;
	$('time').value = at;
	$('time').setAttribute('aria-valuetext', 'step ' + p.s);
	$('number').textContent = p.s + ' of ' + data.steps;
	$('play').textContent = timer && !revealing ? 'Stop' : 'Play';
	if (data.source.length)
		drawSource();
	drawCard();
}

// -- questions ---------------------------------------------------------------

function element(name, text, parent) {
	const e = document.createElement(name);
	e.textContent = text;
	parent.append(e);
	return e;
}

function right() {
	return answers.filter((a, i) => a !== '' &&
		judge(questions[i], a, questions[i].answer)).length;
}

function feedback(q, given, box) {
	const good = given !== '' && judge(q, given, q.answer);
	element('h2', (given === '' ? 'Skipped' : good ? 'Correct' :
		'Not correct') + ' · ' + right() + ' of ' +
		answers.filter((a) => a !== '').length, box);
	if (given !== '')
		element('p', 'You answered ' + name(q, given), box);
	const wrong = good ? null : q.feedback.find((f) => given !== '' &&
		judge(q, given, f[0]));
	if (wrong)
		element('p', wrong[1], box);
	if (!good)
		element('p', 'The answer is ' + name(q, q.answer), box);
	if (q.reason)
		element('p', q.reason, box);
	const button = element('button', 'Go on (Enter)', box);
	button.onclick = () => key('Enter');
	button.focus();
}

function name(q, value) {
	return q.form === 'choice' ?
		value + '  ' + q.choices[value.charCodeAt(0) - 97] : value;
}

function drawTyped(q, box) {
	const form = element('form', '', box);
	const label = element('label', q.prompt + ' ', form);
	const input = element('input', '', label);
	input.id = 'answer';
	input.autocomplete = 'off';
	element('button', 'Answer', form);
	const hint = element('p', '', form);
	hint.setAttribute('role', 'alert');
	form.onsubmit = (event) => {
		event.preventDefault();
		if (judge(q, input.value, q.answer) === null)
			hint.textContent = 'Type ' + q.prompt + '.';
		else
			answer(input.value);
	};
	input.focus();
}

function drawChoices(q, box) {
	q.choices.forEach((text, i) => {
		const letter = String.fromCharCode(97 + i);
		const button = element('button', letter, box);
		button.setAttribute('aria-label', letter + ': ' + text);
		button.setAttribute('aria-pressed', String(i === choice));
		button.onclick = () => { choice = i; draw(); };
		box.append(' ');
	});
	element('button', 'Answer (Enter)', box).onclick = () => key('Enter');
}

let shown = ''; // which card stands, to keep what is typed
function drawCard() {
	const q = open(), box = $('card');
	const id = revealing ? '' : card ? 'feedback ' + answers.length :
		q ? 'question ' + answers.length + ' ' +
		(q.form === 'choice' ? choice : '') : '';
	box.hidden = !id;
	if (id === shown)
		return;
	const focus = box.contains(document.activeElement);
	shown = id;
	box.textContent = '';
	box.setAttribute('aria-label', card ? 'Feedback' : 'Question');
	if (!id)
		return;
	if (card) {
		feedback(card.q, card.given, box);
		return;
	}
	element('p', q.ask, box).className = 'unseen';
	(q.form === 'choice' ? drawChoices : drawTyped)(q, box);
	box.append(' ');
	element('button', 'Skip (Esc)', box).onclick = () => answer('');
	if (focus && q.form === 'choice')
		box.querySelectorAll('button')[choice].focus();
}

// Score it, play to the step that decides, then show the feedback.
function answer(given) {
	const q = open();
	stop();
	answers.push(given);
	choice = 0;
	revealing = { q, given };
	const ms = Math.max(30, Math.min(500, 3000 / (q.reveal - at + 1)));
	const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
	const step = () => {
		if (at < q.reveal && !still) {
			at++;
			draw();
			timer = setTimeout(step, ms);
			return;
		}
		at = q.reveal;
		timer = 0;
		card = revealing;
		revealing = null;
		drawJump();
		arrived();
	};
	step();
}
