// SPDX-License-Identifier: GPL-2.0-or-later
//
// player.js: moving in time, finding, and the keys, which are the terminal's.

// -- moving ------------------------------------------------------------------

function arrived() {
	save();
	history.replaceState(null, '', '#step=' + places[at].s);
	draw();
}

function go(to) {
	to = Math.max(0, Math.min(to, limit()));
	if (revealing)
		return;
	if (to !== at) {
		card = null;
		choice = 0;
	}
	at = to;
	arrived();
}

// The next place in a direction that is wanted, or the end of the way.
function seek(direction, wanted) {
	let to = at + direction;
	while (to > 0 && to < limit() && !wanted(places[to], places[to - 1]))
		to += direction;
	go(to);
}

function stop() {
	clearTimeout(timer);
	timer = 0;
}

function play() {
	if (timer) {
		stop();
		draw();
		return;
	}
	const tick = () => {
		if (at >= limit()) {
			stop();
			draw();
			return;
		}
		timer = setTimeout(tick, Number($('speed').value));
		go(at + 1);
	};
	timer = setTimeout(tick, 0);
	draw();
}

function goStep(step) {
	const to = places.findIndex((p) => p.s > step);
	go(step === 0 ? 0 : (to < 0 ? places.length : to) - 1);
}

// -- finding -----------------------------------------------------------------

function matches(p) {
	return p.q < 0 && (p.t + '\n' + (p.c || '')).toLowerCase()
		.includes(needle);
}

function find(direction) {
	if (!needle)
		return;
	for (let i = at + direction; i >= 0 && i <= limit(); i += direction)
		if (matches(places[i])) {
			go(i);
			break;
		}
	$('found').textContent = places.slice(0, limit() + 1)
		.filter(matches).length + ' matches';
}

// -- keys --------------------------------------------------------------------

function speed(change) {
	const list = $('speed');
	list.selectedIndex = Math.max(0, Math.min(list.length - 1,
		list.selectedIndex + change));
}

const KEYS = {
	Enter: () => seek(1, (p) => p.p),
	Backspace: () => seek(-1, (p) => p.p),
	ArrowRight: () => go(at + 1),
	ArrowLeft: () => go(at - 1),
	l: () => go(at + 1),
	h: () => go(at - 1),
	']': () => seek(1, (p, before) => p.n !== before.n),
	'[': () => seek(-1, (p, before) => p.n !== before.n),
	Home: () => go(0),
	g: () => go(0),
	End: () => go(limit()),
	G: () => go(limit()),
	' ': play,
	'+': () => speed(1),
	'=': () => speed(1),
	'-': () => speed(-1),
	'/': () => $('text').focus(),
	n: () => find(1),
	N: () => find(-1),
	'?': () => $('help').showModal(),
};

function questionKey(q, k) {
	const nr = q.choices.length, index = k.charCodeAt(0) - 97;
	if (k === 'Escape')
		answer('');
	else if (!nr)
		return k === 'Enter';
	else if (k === 'Enter')
		answer(String.fromCharCode(97 + choice));
	else if (k.length === 1 && index >= 0 && index < nr)
		choice = index;
	else if (k === 'ArrowDown' || k === 'j')
		choice = (choice + 1) % nr;
	else if (k === 'ArrowUp' || k === 'k')
		choice = (choice + nr - 1) % nr;
	else
		return false;
	draw();
	return true;
}

// True: the key was for the player.
function key(k) {
	if (revealing)
		return true;
	if (k !== ' ' && timer && KEYS[k])
		stop();
	if (card && k === 'Enter') {
		card = null;
		if (!open())
			KEYS.Enter();
		draw();
		return true;
	}
	if (open() && questionKey(open(), k))
		return true;
	if (!KEYS[k])
		return false;
	KEYS[k]();
	return true;
}

document.addEventListener('keydown', (event) => {
	const on = event.target.tagName;
	if (event.ctrlKey || event.altKey || event.metaKey || $('help').open)
		return;
	if (on === 'INPUT' || on === 'SELECT') {
		if (event.key === 'Escape' && event.target.id === 'answer')
			answer('');
		return;
	}
	// Enter and Space press the button that has the focus
	if (on === 'BUTTON' && (event.key === 'Enter' || event.key === ' '))
		return;
	if (key(event.key))
		event.preventDefault();
});
for (const button of document.querySelectorAll('#keys button'))
	button.onclick = () => key(button.dataset.key);
$('time').oninput = () => { stop(); go(Number($('time').value)); };
$('jump').onchange = () => {
	if ($('jump').value)
		go(Number($('jump').value));
};
$('find').onsubmit = (event) => {
	event.preventDefault();
	needle = $('text').value.toLowerCase();
	find(1);
	$('screen').focus();
};
$('help').onclose = () => {
	if ($('help').returnValue !== 'again')
		return;
	answers = [];
	card = null;
	$('help').returnValue = '';
	drawJump();
	go(0);
};

function fromHash() {
	const m = /^#step=(\d+)$/.exec(location.hash);
	if (m)
		goStep(Number(m[1]));
	return m;
}
window.addEventListener('hashchange', fromHash);

$('screen').style.setProperty('--columns', data.width);
$('panes').style.setProperty('--rows', data.height);
$('beside').hidden = !data.source.length;
$('player').hidden = false;
load();
drawJump();
if (!fromHash())
	arrived();
