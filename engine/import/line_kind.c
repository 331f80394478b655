/* SPDX-License-Identifier: GPL-2.0-or-later */
/* reader: which kind a line is, and what it may continue. */
#include "import/reader.h"

#include <string.h>

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_name_byte(char c)
{
	return is_digit(c) || is_lower(c | 0x20) || c == '_';
}

bool zone_id_take(struct span *s, struct zone_id *id)
{
	struct span rest = *s;
	char name[16];

	*id = (struct zone_id){ .type = -1 };
	if (span_take(&rest, "Node ")) {
		if (!span_below(&rest, UINT32_MAX, &id->nid))
			return false;
		id->has_node = true;
		id->is_proc = span_take(&rest, ", zone ");
		if (!id->is_proc && !span_take(&rest, " "))
			return false;
	}
	id->name.at = rest.at;
	while (is_name_byte(span_peek(rest)))
		rest.at++;
	id->name.end = rest.at;
	if (id->name.at == id->name.end)
		return false;
	if (span_copy(id->name, name, sizeof(name)))
		id->type = zone_type_from_name(name);
	*s = rest;
	return true;
}

/* Does a list of free blocks stand behind "DMA:"? */
static bool is_lists(struct span rest, bool known)
{
	struct amount amount;

	span_take(&rest, " ");
	if (span_amount(&rest, &amount))
		return span_begins(rest, "*");
	return known && (rest.at == rest.end || span_is(rest, "empty"));
}

/* A line that begins with a zone or a node. */
enum line_kind line_classify_zone(struct span text)
{
	struct zone_id id;
	struct amount amount;

	if (!zone_id_take(&text, &id))
		return LINE_OTHER;
	if (id.is_proc) {
		if (text.at == text.end)
			return LINE_ZONEINFO;
		if (span_take(&text, ", type "))
			return LINE_TYPE_ROW;
		return span_take(&text, " ") && span_amount(&text, &amount) ?
			       LINE_ROW :
			       LINE_OTHER;
	}
	if (span_take(&text, " free:") && span_amount(&text, &amount) &&
	    !is_lower(*id.name.at))
		return LINE_ZONE;
	if (span_begins(text, " per-cpu:") && id.type >= 0)
		return LINE_PCP_ZONE;
	if (span_take(&text, ":") && is_lists(text, id.type >= 0))
		return LINE_LISTS;
	return id.has_node && text.at < text.end ? LINE_NODE : LINE_OTHER;
}

/* How the lines of the other kinds begin. */
static const struct {
	const char *text;
	enum line_kind kind;
} beginnings[] = {
	{ "oom-kill:constraint=", LINE_CONSTRAINT },
	{ "Task in ", LINE_MEMCG },
	{ "Memory cgroup out of memory", LINE_MEMCG },
	{ "CPU: ", LINE_CPU },
	{ "Pid: ", LINE_CPU },
	{ "Linux version ", LINE_VERSION },
	{ "Mem-Info:", LINE_MEM_INFO },
	{ "Mem-info:", LINE_MEM_INFO },
	{ "lowmem_reserve[]:", LINE_RESERVE },
	{ "Page block order:", LINE_BLOCK_ORDER },
	{ "Number of blocks type", LINE_BLOCKS },
	{ "Number of mixed blocks", LINE_MIXED },
};

/* "free:715 free_pcp:77" are pages; a zone's and a node's have "kB". */
static bool is_totals(struct span text)
{
	struct amount amount;

	return (span_take(&text, "active_anon:") ||
		span_take(&text, "Active_anon:")) &&
	       span_amount(&text, &amount) && !span_begins(text, "kB");
}

/* "CPU 0: hi: 186" */
static bool is_pcp(struct span text)
{
	struct amount amount;

	return span_take(&text, "CPU ") && span_amount(&text, &amount) &&
	       span_begins(text, ":");
}

static bool is_head(struct span text)
{
	const char *at = span_find(text, "page allocation failure");
	struct span rest = { at, text.end };

	if (!at) {
		rest.at = span_find(text, " invoked oom-killer:");
		return rest.at && span_take(&rest, " invoked oom-killer:") &&
		       (rest.at == rest.end ||
			span_begins(rest, " gfp_mask=") ||
			span_begins(rest, " order="));
	}
	span_take(&rest, "page allocation failure");
	if (!span_take(&rest, ":") && !span_take(&rest, "."))
		return false;
	return rest.at == rest.end || span_begins(rest, " order:");
}

static bool is_pages(struct span text)
{
	struct amount amount;

	return span_amount(&text, &amount) &&
	       (span_is(text, " pages cma reserved") ||
		span_begins(text, " pages HighMem"));
}

enum line_kind line_classify(struct span text, enum line_kind before)
{
	const bool in_zoneinfo = before == LINE_ZONEINFO ||
				 before == LINE_FIELD ||
				 before == LINE_PROTECTION;
	enum line_kind kind = LINE_OTHER;

	if (text.at == text.end)
		return LINE_OTHER;
	if (is_head(text))
		return LINE_HEAD;
	if (is_totals(text))
		return LINE_TOTALS;
	if (is_pcp(text))
		return LINE_PCP;
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(*beginnings); i++)
		if (span_begins(text, beginnings[i].text))
			return beginnings[i].kind;
	if (in_zoneinfo && span_begins(text, "protection:"))
		return LINE_PROTECTION;
	if (in_zoneinfo && is_lower(*text.at))
		return LINE_FIELD;
	if (is_pages(text))
		return LINE_PAGES;
	if (!is_lower(*text.at))
		kind = line_classify_zone(text);
	if (kind == LINE_OTHER && span_find(text, " cpuset="))
		return LINE_CPUSET;
	return kind;
}

/* -- lines that continue another ------------------------------------------ */

/* What a request's line has behind its first words. */
static const char *const request_words[] = {
	"order:",    "order=",	    "mode:",	     "gfp_mask=",
	"nodemask=", "cpuset=",	    "mems_allowed=", "oom_score_adj=",
	"oom_adj=",  "oomkilladj=",
};

static bool is_release_part(struct span text)
{
	const bool has_taint = span_find(text, "ainted") != NULL;
	const struct span word = span_word(&text);
	uint32_t number;
	struct span rest = word;

	if (has_taint)
		return true;
	if (span_below(&rest, 1000, &number))
		return span_take(&rest, ".") && is_digit(span_peek(rest));
	for (rest = word; rest.at < rest.end; rest.at++)
		if (*rest.at < 'A' || *rest.at > 'Z')
			return false;
	return span_size(word) <= 2;
}

static bool is_pair(struct span text)
{
	struct amount amount;

	if (span_begins(text, "all_unreclaimable?") || span_is(text, "yes") ||
	    span_is(text, "no"))
		return true;
	if (!is_lower(span_peek(text)))
		return false;
	while (is_lower(span_peek(text)) || span_peek(text) == '_' ||
	       span_peek(text) == '(' || span_peek(text) == ')')
		text.at++;
	return span_take(&text, ":") && span_amount(&text, &amount);
}

/* Numbers, or a number and what makes it something else. */
static uint32_t more_numbers(struct span text)
{
	struct span rest = text;
	struct amount amount;

	if (!span_take(&rest, ">") && span_amount(&rest, &amount)) {
		if (span_begins(rest, "*"))
			return MORE_COUNT;
		if (span_is(rest, "kB"))
			return MORE_TOTAL;
		if (span_begins(rest, ", btch:") || span_begins(rest, " usd:"))
			return MORE_CPU;
	}
	for (; text.at < text.end; text.at++)
		if (!is_digit(*text.at) && !strchr(" >,)-", *text.at))
			return 0;
	return MORE_NUMBERS;
}

uint32_t line_more(struct span text)
{
	const char first = span_peek(text);
	uint32_t more = 0;

	if (!first)
		return 0;
	/* ", mode:0x20" */
	if (span_take(&text, ", "))
		return line_more(text) & MORE_REQUEST;
	if (first == '(')
		return MORE_LETTERS;
	if (first == '=')
		return MORE_TOTAL;
	if (is_digit(first) || first == '>' || first == '-')
		more = more_numbers(text);
	if (is_pair(text))
		more |= MORE_PAIR;
	if (span_begins(text, "hi:") || span_begins(text, "btch:") ||
	    span_begins(text, "usd:"))
		more |= MORE_CPU;
	if (is_release_part(text))
		more |= MORE_RELEASE;
	for (size_t i = 0; i < sizeof(request_words) / sizeof(*request_words);
	     i++)
		if (span_begins(text, request_words[i]))
			more |= MORE_REQUEST;
	return more;
}
