/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_match: the items of a pattern are matched one after the other, going
 * back where that fails. Each step is counted.
 */
#include <lauxlib.h>
#include <string.h>

#include "lua/api.h"
#include "lua/pattern_item.h"

enum { MAX_DEPTH = 180, CHARGE_STEPS = 512 };

/* -- matching ------------------------------------------------------------- */

void match_open(struct match *m, lua_State *L, const struct pattern *pattern,
		const char *text, size_t length)
{
	*m = (struct match){
		.L = L,
		.pattern = pattern,
		.text = text,
		.end = text + length,
	};
}

static void count_step(struct match *m)
{
	if (++m->steps < CHARGE_STEPS)
		return;
	limit_charge(m->L, m->steps);
	m->steps = 0;
}

/* Where the items match from @at on ends; NULL: they do not. */
static const char *match_items(struct match *m, const char *at,
			       const struct item *item);

static bool one_matches(struct match *m, const char *at,
			const struct item *item)
{
	count_step(m);
	return at < m->end && set_has(item, *at);
}

/* As many as there are, then fewer, until the rest matches. */
static const char *match_greedy(struct match *m, const char *at,
				const struct item *item)
{
	ptrdiff_t nr = 0;
	const char *end;

	while (one_matches(m, at + nr, item))
		nr++;
	for (; nr >= 0; nr--) {
		end = match_items(m, at + nr, item + 1);
		if (end)
			return end;
	}
	return NULL;
}

/* As few as possible. */
static const char *match_lazy(struct match *m, const char *at,
			      const struct item *item)
{
	for (;; at++) {
		const char *end = match_items(m, at, item + 1);

		if (end)
			return end;
		if (!one_matches(m, at, item))
			return NULL;
	}
}

static const char *match_open_bracket(struct match *m, const char *at,
				      const struct item *item)
{
	const char *end;

	if (m->nr_captures == MAX_CAPTURES)
		luaL_error(m->L, "too many captures");
	m->captures[m->nr_captures++] = (struct capture){
		.begin = at,
		.length = item->kind == ITEM_POSITION ? CAPTURE_POSITION :
							CAPTURE_OPEN,
	};
	end = match_items(m, at, item + 1);
	if (!end)
		m->nr_captures--;
	return end;
}

static const char *match_close_bracket(struct match *m, const char *at,
				       const struct item *item)
{
	unsigned int i = m->nr_captures;
	const char *end;

	while (i && m->captures[i - 1].length != CAPTURE_OPEN)
		i--;
	if (!i)
		luaL_error(m->L, "invalid pattern capture");
	m->captures[i - 1].length = at - m->captures[i - 1].begin;
	end = match_items(m, at, item + 1);
	if (!end)
		m->captures[i - 1].length = CAPTURE_OPEN;
	return end;
}

/* Behind the text of a capture if it stands at @at too; else NULL. */
static const char *match_again(struct match *m, const char *at,
			       const struct item *item)
{
	const struct capture *c = &m->captures[item->a];

	if (item->a >= m->nr_captures || c->length == CAPTURE_OPEN)
		luaL_error(m->L, "invalid capture index %%%d in pattern",
			   item->a + 1);
	if (c->length == CAPTURE_POSITION || m->end - at < c->length)
		return NULL;
	m->steps += (uint64_t)c->length / 8;
	return memcmp(at, c->begin, (size_t)c->length) ? NULL : at + c->length;
}

/* Behind the balanced text that begins at @at, else NULL. */
static const char *match_balance(struct match *m, const char *at,
				 const struct item *item)
{
	size_t depth = 0;

	if (at >= m->end || (unsigned char)*at != item->a)
		return NULL;
	for (; at < m->end; at++) {
		count_step(m);
		if ((unsigned char)*at == item->b && depth == 1)
			return at + 1;
		if ((unsigned char)*at == item->b)
			depth--;
		else if ((unsigned char)*at == item->a)
			depth++;
	}
	return NULL;
}

static bool match_frontier(const struct match *m, const char *at,
			   const struct item *item)
{
	const char before = at > m->text ? at[-1] : '\0';
	const char here = at < m->end ? *at : '\0';

	return !set_has(item, before) && set_has(item, here);
}

/* What an item without branches moves @at to; NULL: it does not match. */
static const char *match_simple(struct match *m, const char *at,
				const struct item *item)
{
	switch (item->kind) {
	case ITEM_AGAIN:
		return match_again(m, at, item);
	case ITEM_BALANCE:
		return match_balance(m, at, item);
	case ITEM_FRONTIER:
		return match_frontier(m, at, item) ? at : NULL;
	case ITEM_TEXT_END:
		return at == m->end ? at : NULL;
	default:
		return one_matches(m, at, item) ? at + 1 : NULL;
	}
}

static const char *match_branch(struct match *m, const char *at,
				const struct item *item)
{
	switch (item->kind) {
	case ITEM_MANY:
		return match_greedy(m, at, item);
	case ITEM_SOME:
		return one_matches(m, at, item) ?
			       match_greedy(m, at + 1, item) :
			       NULL;
	case ITEM_FEW:
		return match_lazy(m, at, item);
	case ITEM_CLOSE:
		return match_close_bracket(m, at, item);
	default:
		return match_open_bracket(m, at, item);
	}
}

static bool is_branch(const struct item *item)
{
	return (item->kind >= ITEM_MANY && item->kind <= ITEM_POSITION);
}

static const char *match_items(struct match *m, const char *at,
			       const struct item *item)
{
	if (++m->depth > MAX_DEPTH)
		luaL_error(m->L, "pattern too complex");
	count_step(m);
	for (; at && item->kind != ITEM_END; item++) {
		if (is_branch(item)) {
			at = match_branch(m, at, item);
			break;
		}
		if (item->kind != ITEM_OPTIONAL) {
			at = match_simple(m, at, item);
			continue;
		}
		if (one_matches(m, at, item)) {
			const char *end = match_items(m, at + 1, item + 1);

			if (end) {
				at = end;
				break;
			}
		}
	}
	m->depth--;
	return at;
}

bool match_at(struct match *m, const char *at)
{
	m->nr_captures = 0;
	m->depth = 0;
	m->from = at;
	m->to = match_items(m, at, m->pattern->items);
	return m->to != NULL;
}

bool match_find(struct match *m, const char *at)
{
	for (; at <= m->end; at++) {
		if (match_at(m, at))
			return true;
		if (m->pattern->anchored)
			return false;
	}
	return false;
}

/* -- captures ------------------------------------------------------------- */

void match_push_one(const struct match *m, unsigned int i)
{
	const struct capture *c = &m->captures[i ? i - 1 : 0];

	if (!i) {
		lua_pushlstring(m->L, m->from, (size_t)(m->to - m->from));
		return;
	}
	if (i > m->nr_captures)
		luaL_error(m->L, "invalid capture index %%%d", (int)i);
	if (c->length == CAPTURE_OPEN)
		luaL_error(m->L, "unfinished capture");
	if (c->length == CAPTURE_POSITION)
		lua_pushinteger(m->L, c->begin - m->text + 1);
	else
		lua_pushlstring(m->L, c->begin, (size_t)c->length);
}

int match_push(const struct match *m, bool whole)
{
	const unsigned int nr = m->nr_captures;

	luaL_checkstack(m->L, (int)nr + 1, "too many captures");
	if (!nr && whole) {
		match_push_one(m, 0);
		return 1;
	}
	for (unsigned int i = 1; i <= nr; i++)
		match_push_one(m, i);
	return (int)nr;
}
