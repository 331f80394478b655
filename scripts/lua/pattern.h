/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_pattern: Lua's patterns, matched with a budget.
 *
 * A pattern that goes back again and again can take longer than the world
 * will last. Here each step counts as an instruction of the script, so that
 * a limit ends it. What a letter is does not depend on the locale: classes
 * are those of ASCII.
 */
#ifndef SCRIPTS_LUA_PATTERN_H
#define SCRIPTS_LUA_PATTERN_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MAX_CAPTURES = 32 };

struct pattern;

/*
 * Push the pattern at @index, compiled; raises when it is malformed. It
 * lives as long as what was pushed. @may_anchor: a ^ at its beginning binds
 * it to where the search begins; else it is a byte like others.
 */
const struct pattern *pattern_push(lua_State *L, int index, bool may_anchor);

struct capture {
	const char *begin;
	ptrdiff_t length; /* or one of these */
};

enum { CAPTURE_OPEN = -1, CAPTURE_POSITION = -2 };

struct match {
	lua_State *L;
	const struct pattern *pattern;
	const char *text;
	const char *end; /* of the text */
	const char *from; /* what was found: [from, to) */
	const char *to;
	struct capture captures[MAX_CAPTURES];
	unsigned int nr_captures;
	unsigned int depth;
	uint64_t steps; /* not charged yet */
};

void match_open(struct match *m, lua_State *L, const struct pattern *pattern,
		const char *text, size_t length);
/* The first place from @at on where it matches; false: nowhere. */
bool match_find(struct match *m, const char *at);
/* Does it match right at @at? */
bool match_at(struct match *m, const char *at);
bool pattern_is_anchored(const struct pattern *pattern);

/* Push all captures, the whole match if there are none; how many. */
int match_push(const struct match *m, bool whole);
/* Push capture @i, from 1; 0 is the whole match. */
void match_push_one(const struct match *m, unsigned int i);

#endif
