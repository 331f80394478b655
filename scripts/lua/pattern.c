/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lua_pattern: from the text of a pattern to its items. */
#include <lauxlib.h>
#include <string.h>

#include "lua/api.h"
#include "lua/pattern_item.h"

bool pattern_is_anchored(const struct pattern *pattern)
{
	return pattern->anchored;
}

/* -- sets ----------------------------------------------------------------- */

static void set_add(struct item *item, unsigned int first, unsigned int last)
{
	for (unsigned int c = first; c <= last && c < 256; c++)
		item->set[c / 32] |= 1u << c % 32;
}

static void set_complement(struct item *item)
{
	for (int i = 0; i < 8; i++)
		item->set[i] = ~item->set[i];
}

static void set_merge(struct item *item, const struct item *other)
{
	for (int i = 0; i < 8; i++)
		item->set[i] |= other->set[i];
}

/* What %a, %d ... hold: pairs of first and last. */
static const char *class_ranges(char lower)
{
	switch (lower) {
	case 'a':
		return "azAZ";
	case 'c':
		return "\1\37\177\177"; /* and NUL, see below */
	case 'd':
		return "09";
	case 'g':
		return "!~";
	case 'l':
		return "az";
	case 'p':
		return "!/:@[`{~";
	case 's':
		return "\t\r  ";
	case 'u':
		return "AZ";
	case 'w':
		return "09azAZ";
	case 'x':
		return "09afAF";
	case 'z':
		return ""; /* NUL alone, see below */
	default:
		return NULL;
	}
}

/* Add what %@letter means: a class, its complement, or the byte itself. */
static void set_add_escape(struct item *item, char letter)
{
	const char lower = (char)(letter | 0x20);
	const bool is_letter = (lower >= 'a' && lower <= 'z');
	const char *ranges = is_letter ? class_ranges(lower) : NULL;
	struct item class = { .kind = ITEM_ONE };

	if (!ranges) {
		set_add(item, (unsigned char)letter, (unsigned char)letter);
		return;
	}
	for (; *ranges; ranges += 2)
		set_add(&class, (unsigned char)ranges[0],
			(unsigned char)ranges[1]);
	if (lower == 'c' || lower == 'z')
		set_add(&class, 0, 0);
	if (letter != lower)
		set_complement(&class);
	set_merge(item, &class);
}

/* -- compiling ------------------------------------------------------------ */

struct compiler {
	lua_State *L;
	const char *at;
	const char *end;
};

/* The set in brackets; at is behind "[". */
static void compile_set(struct compiler *c, struct item *item)
{
	bool complement = c->at < c->end && *c->at == '^';
	bool first = true;

	c->at += complement;
	for (;; first = false) {
		if (c->at == c->end)
			luaL_error(c->L, "malformed pattern (missing ']')");
		if (*c->at == ']' && !first)
			break;
		if (*c->at == '%') {
			if (++c->at == c->end)
				luaL_error(c->L, "malformed pattern (missing "
						 "']')");
			set_add_escape(item, *c->at++);
		} else if (c->end - c->at > 2 && c->at[1] == '-' &&
			   c->at[2] != ']') {
			set_add(item, (unsigned char)c->at[0],
				(unsigned char)c->at[2]);
			c->at += 3;
		} else {
			set_add(item, (unsigned char)*c->at,
				(unsigned char)*c->at);
			c->at++;
		}
	}
	c->at++;
	if (complement)
		set_complement(item);
}

/* %b, %f, %1; false: it is a class or a byte. At is behind the "%". */
static bool compile_escape(struct compiler *c, struct item *item)
{
	if (*c->at == 'b') {
		if (c->end - c->at < 3)
			luaL_error(c->L, "malformed pattern (missing arguments "
					 "to '%%b')");
		*item = (struct item){ .kind = ITEM_BALANCE,
				       .a = (unsigned char)c->at[1],
				       .b = (unsigned char)c->at[2] };
		c->at += 3;
		return true;
	}
	if (*c->at == 'f') {
		if (c->end - c->at < 2 || c->at[1] != '[')
			luaL_error(c->L, "missing '[' after '%%f' in pattern");
		item->kind = ITEM_FRONTIER;
		c->at += 2;
		compile_set(c, item);
		return true;
	}
	if (*c->at < '0' || *c->at > '9')
		return false;
	item->kind = ITEM_AGAIN;
	item->a = (unsigned char)(*c->at++ - '1');
	return true;
}

static void compile_quantifier(struct compiler *c, struct item *item)
{
	static const char signs[] = "?*+-";
	const char *sign = c->at < c->end && *c->at ? strchr(signs, *c->at) :
						      NULL;

	item->kind = ITEM_ONE;
	if (!sign)
		return;
	item->kind = (enum item_kind)(ITEM_OPTIONAL + (sign - signs));
	c->at++;
}

static void compile_item(struct compiler *c, struct item *item)
{
	const char letter = *c->at++;

	*item = (struct item){ .kind = ITEM_ONE };
	if (letter == '(') {
		item->kind = ITEM_OPEN;
		if (c->at < c->end && *c->at == ')') {
			item->kind = ITEM_POSITION;
			c->at++;
		}
		return;
	}
	if (letter == ')') {
		item->kind = ITEM_CLOSE;
		return;
	}
	if (letter == '$' && c->at == c->end) {
		item->kind = ITEM_TEXT_END;
		return;
	}
	if (letter == '%') {
		if (c->at == c->end)
			luaL_error(c->L, "malformed pattern (ends with '%%')");
		if (compile_escape(c, item))
			return;
		set_add_escape(item, *c->at++);
	} else if (letter == '[') {
		compile_set(c, item);
	} else if (letter == '.') {
		set_add(item, 0, 255);
	} else {
		set_add(item, (unsigned char)letter, (unsigned char)letter);
	}
	compile_quantifier(c, item);
}

const struct pattern *pattern_push(lua_State *L, int index, bool may_anchor)
{
	size_t length, nr = 0;
	const char *text = luaL_checklstring(L, index, &length);
	struct compiler c = { .L = L, .at = text, .end = text + length };
	struct pattern *p;

	limit_charge(L, length * 4);
	p = lua_newuserdatauv(
		L, sizeof(*p) + (length + 1) * sizeof(p->items[0]), 0);
	p->anchored = may_anchor && length && *text == '^';
	c.at += p->anchored;
	while (c.at < c.end)
		compile_item(&c, &p->items[nr++]);
	p->items[nr].kind = ITEM_END;
	return p;
}
