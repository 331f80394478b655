/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_pattern_item: a compiled pattern: a list of items, each a set of bytes
 * with how often it may come, or a bracket. Between lua_pattern.c, which
 * makes it, and lua_match.c, which matches it.
 */
#ifndef SCRIPTS_LUA_PATTERN_ITEM_H
#define SCRIPTS_LUA_PATTERN_ITEM_H

#include "lua/pattern.h"

enum item_kind {
	ITEM_ONE, /* a byte of the set */
	ITEM_OPTIONAL, /* ? */
	ITEM_MANY, /* * */
	ITEM_SOME, /* + */
	ITEM_FEW, /* - */
	ITEM_OPEN, /* ( */
	ITEM_CLOSE, /* ) */
	ITEM_POSITION, /* () */
	ITEM_AGAIN, /* %1 */
	ITEM_BALANCE, /* %bxy */
	ITEM_FRONTIER, /* %f[set] */
	ITEM_TEXT_END, /* $ at the end */
	ITEM_END,
};

struct item {
	enum item_kind kind;
	unsigned char a, b; /* BALANCE: its bytes; AGAIN: which capture */
	uint32_t set[8]; /* a bit a byte */
};

struct pattern {
	bool anchored;
	struct item items[];
};

static inline bool set_has(const struct item *item, char c)
{
	const unsigned char byte = (unsigned char)c;

	return item->set[byte / 32] >> byte % 32 & 1;
}

#endif
