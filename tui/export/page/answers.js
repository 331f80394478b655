// SPDX-License-Identifier: GPL-2.0-or-later
//
// answers.js: reading the data of the page and what a learner types. Answers
// are reduced to one spelling of their form, as engine/session/prediction.c
// does.

// The data have letters and digits rotated, so that no answer stands in the
// page's text.
function decode(text) {
	return text.replace(/[A-Za-z0-9]/g, (c) => {
		const base = c <= '9' ? 48 : c <= 'Z' ? 65 : 97;
		const nr = c <= '9' ? 10 : 26;
		return String.fromCharCode(
			(c.charCodeAt(0) - base + nr / 2) % nr + base);
	});
}

const WORDS = {
	number: /^(?:(?:order|pfn|page|node|cpu|step|request) )?([-+]?(?:0x[0-9a-f]+|\d+\.?\d*|\.\d+)) ?(?:pages?|blocks?|steps?|requests?|splits?|times?|order|pageblocks?)?$/,
	yes: /^(y|yes|true|是|对)$/,
	no: /^(n|no|false|否|错)$/,
	zone: /^(?:(?:node )?(\d+) )?(?:zone )?(dma|dma32|normal|highmem|movable|device)$/,
};
const TYPES = ['unmovable', 'movable', 'reclaimable', 'highatomic', 'cma',
	'isolate'];

function simplify(text) {
	return text.replace(/[\uff01-\uff5e]/g, (c) =>
		String.fromCharCode(c.charCodeAt(0) - 0xfee0))
		.replace(/[\u3001;]/g, ',').replace(/[\s\u0000-\u0020]+/g, ' ')
		.trim().toLowerCase();
}

// The spelling of text in a form; null: it is not of that form.
function spell(form, text) {
	const t = simplify(text);
	let m;
	switch (form) {
	case 'number': case 'order': case 'pfn':
		m = WORDS.number.exec(t);
		return m ? String(Number(m[1])) : null;
	case 'yesno':
		return WORDS.yes.test(t) ? 'yes' : WORDS.no.test(t) ? 'no' : null;
	case 'zone':
		m = WORDS.zone.exec(t);
		return m ? (m[1] ? 'node ' + Number(m[1]) + ' ' : '') + m[2] :
			null;
	case 'migratetype':
		m = t.length === 1 ? 'umrhci'.indexOf(t) : TYPES.indexOf(t);
		return t && m >= 0 ? TYPES[m] : null;
	case 'list':
		return t.split(/[ ,]+/).filter(Boolean).join(' ') || null;
	default:
		return t || null;
	}
}

// true, false, or null if the text is not understood.
function judge(question, text, answer) {
	let form = question.form;
	if (form === 'choice')
		return text === answer;
	if (form === 'text')
		form = ['number', 'yesno', 'zone'].find((strict) =>
			spell(strict, answer) !== null) || form;
	let given = spell(form, text), right = spell(form, answer);
	if (given === null)
		return null;
	if (form === 'zone') {
		if (!/ /.test(right))
			given = given.replace(/.* /, '');
		else if (!/ /.test(given))
			return null;
	}
	return given === right;
}
