/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dmesg: a zone's free lists, and its per-cpu lists up to 4.1. */
#include "import/reader.h"

#include <string.h>

/* A zone's lists while they are read. */
struct lists_line {
	struct reader *rd;
	uint32_t line;
	uint32_t nr; /* orders */
	uint64_t first_kb; /* block size of order 0 */
	struct report_list list[MAX_ORDER_LIMIT];
	bool has_total;
	uint64_t total_kb;
	bool cut;
};

/* In the order of the types' letters; R is MIGRATE_RESERVE. */
static const struct {
	char letter;
	uint32_t migratetype;
} letters[] = {
	{ 'U', MIGRATE_UNMOVABLE },	 { 'M', MIGRATE_MOVABLE },
	{ 'E', MIGRATE_RECLAIMABLE },	 { 'C', MIGRATE_CMA },
	{ 'H', MIGRATE_HIGHATOMIC },	 { 'I', MIGRATE_ISOLATE },
	{ 'R', REPORT_MIGRATE_RESERVE },
};

static uint32_t type_bit(char letter)
{
	for (size_t i = 0; i < sizeof(letters) / sizeof(*letters); i++)
		if (letters[i].letter == letter)
			return REPORT_TYPE_BIT(letters[i].migratetype);
	return 0;
}

/* "(UM)": types of the last count. False: these are no letters. */
static bool add_letters(struct lists_line *l, struct span word)
{
	if (!l->nr || !span_take(&word, "("))
		return false;
	for (; word.at < word.end && *word.at != ')'; word.at++) {
		if (*word.at < 'A' || *word.at > 'Z')
			return false;
		l->list[l->nr - 1].types |= type_bit(*word.at);
	}
	return span_is(word, ")");
}

/* "13*8kB": true if it is the next order's count; refused if it is wrong. */
static bool add_count(struct lists_line *l, struct span word)
{
	const struct span whole = word;
	struct amount count, kb;

	if (!span_amount(&word, &count))
		return false;
	span_take(&word, " ");
	if (!span_take(&word, "*") || !span_amount(&word, &kb) ||
	    !span_take(&word, "kB"))
		return false;
	if (l->nr == MAX_ORDER_LIMIT)
		return reader_refuse(l->rd, l->line,
				     "free lists of more than %u orders; copy "
				     "the line again",
				     MAX_ORDER_LIMIT);
	if (!l->nr)
		l->first_kb = kb.value;
	if (kb.wrapped || kb.value != l->first_kb << l->nr)
		return false;
	if (count.wrapped || count.value >> 36)
		return reader_refuse(l->rd, l->line,
				     "a free list has wrapped below 0: %.*s; "
				     "use another report",
				     span_width(whole), whole.at);
	l->list[l->nr++].nr_blocks = count.value;
	return word.at == word.end || add_letters(l, word);
}

/* "= 1452kB", with "=" already taken: the last word of a line. */
static bool add_total(struct lists_line *l, struct span word)
{
	struct amount amount;

	if (l->has_total || !span_amount(&word, &amount) || amount.wrapped ||
	    amount.value >> 52 || !span_is(word, "kB"))
		return false;
	l->has_total = true;
	l->total_kb = amount.value;
	return true;
}

static bool read_words(struct lists_line *l, struct span rest)
{
	bool behind_equals = false;

	while (rest.at < rest.end) {
		struct span word = span_word(&rest);

		if (word.at == word.end)
			break;
		/* the person who quoted it left counts out */
		if (span_begins(word, "...")) {
			l->cut = true;
			return true;
		}
		/* "0 *2048kB": a web page's blanks */
		if (span_begins(rest, " *") || span_begins(rest, "*")) {
			span_take(&rest, " ");
			word.end = span_word(&rest).end;
		}
		if (span_take(&word, "=")) {
			behind_equals = true;
			if (word.at == word.end)
				continue;
		}
		if (behind_equals ? add_total(l, word) :
				    add_count(l, word) || add_letters(l, word))
			continue;
		l->cut = rest.at == rest.end;
		return l->cut ||
		       reader_refuse(l->rd, l->line,
				     "these free lists are interleaved with "
				     "other text: %.*s; give the lines of one "
				     "cpu",
				     span_width(word), word.at);
	}
	l->cut = !l->has_total;
	return true;
}

/* The page size is the block size of order 0. */
static bool set_page_size(struct lists_line *l, struct report *r)
{
	uint32_t shift = 12;

	while (shift < 18 && l->first_kb << 10 != 1u << shift)
		shift++;
	if (shift == 18 || (r->page_shift && r->page_shift != shift))
		return reader_refuse(l->rd, l->line,
				     "the smallest block has %llu kB, which is "
				     "not the page size; copy the line again",
				     (unsigned long long)l->first_kb);
	r->page_shift = shift;
	return true;
}

static bool is_same(const struct report_list *a, const struct report_list *b)
{
	for (int i = 0; i < MAX_ORDER_LIMIT; i++)
		if (a[i].nr_blocks != b[i].nr_blocks ||
		    a[i].types != b[i].types)
			return false;
	return true;
}

static void keep(struct lists_line *l, const struct zone_id *id)
{
	struct report *r = reader_report(l->rd);
	struct report_zone *zone = reader_zone(l->rd, l->line, id);
	char label[ZONE_LABEL_MAX];

	if (!zone)
		return;
	zone_label(zone, label);
	if (zone->has_lists) {
		if (!is_same(zone->list, l->list))
			reader_refuse(
				l->rd, l->line,
				"the free lists of %s are in the report "
				"twice with different counts: lines %u and "
				"%u; give one report",
				label, zone->lists_line, l->line);
		return;
	}
	if (l->cut)
		report_warn(r, "line %u: the free lists of %s are cut short",
			    l->line, label);
	zone->has_lists = true;
	zone->lists_line = l->line;
	memcpy(zone->list, l->list, sizeof(zone->list));
	zone->has_lists_total = l->has_total;
	zone->lists_total = l->total_kb;
	reader_seen(l->rd, zone)->nr_lists = (uint8_t)l->nr;
}

void read_lists(struct reader *rd, struct span text, uint32_t line)
{
	struct report *r = reader_need(rd, false);
	struct lists_line l = { .rd = rd, .line = line };
	struct zone_id id;

	if (!r || !zone_id_take(&text, &id) || !span_take(&text, ":"))
		return;
	span_take(&text, " ");
	if (span_is(text, "empty"))
		l.has_total = true;
	else if (!read_words(&l, text) || (l.nr && !set_page_size(&l, r)))
		return;
	if (l.nr || l.has_total)
		keep(&l, &id);
}

/* -- "Node 0 DMA per-cpu:" and "CPU 0: hi: 186, btch: 31 usd: 152" -------- */

void read_pcp_zone(struct reader *rd, struct span text, uint32_t line)
{
	struct zone_id id;

	if (reader_need(rd, false) && zone_id_take(&text, &id))
		reader_zone(rd, line, &id);
}

static uint32_t pcp_number(struct span text, const char *key)
{
	uint32_t number = 0;

	if (span_field(text, key, &text)) {
		span_take(&text, " ");
		span_below(&text, UINT32_MAX, &number);
	}
	return number;
}

void read_pcp(struct reader *rd, struct span text, uint32_t line)
{
	struct report *r = reader_need(rd, false);
	struct report_zone *zone;
	struct amount number;
	uint32_t cpu;

	if (!r || rd->zone >= r->nr_zones || !span_take(&text, "CPU "))
		return;
	if (!span_amount(&text, &number))
		return;
	if (number.wrapped || number.value >= NR_CPUS) {
		reader_refuse(rd, line,
			      "cpu %.*s: cpus are numbered up to %u; use a "
			      "report of a smaller machine",
			      span_width(number.text), number.text.at,
			      NR_CPUS - 1);
		return;
	}
	cpu = (uint32_t)number.value;
	zone = &r->zones[rd->zone];
	if (cpu >= zone->nr_cpus)
		zone->nr_cpus = cpu + 1;
	zone->pcp[cpu] = (struct report_pcp){
		.count = pcp_number(text, "usd:"),
		.high = pcp_number(text, "hi:"),
		.batch = pcp_number(text, "btch:"),
	};
}
