/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dmesg: a zone's line, and its lowmem_reserve[] array. Numbers stay as the
 * log has them, in kB, until the report is complete. */
#include "import/reader.h"

#include <string.h>

/* A line of a zone while it is read. */
struct zone_line {
	struct reader *rd;
	struct report_zone *zone;
	uint32_t line;
	bool cut;
};

static bool interleaved(struct reader *rd, uint32_t line, struct span word)
{
	return reader_refuse(rd, line,
			     "this line is interleaved with other text: "
			     "%.*s; give the lines of one cpu",
			     span_width(word), word.at);
}

/* Add numbers to lowmem_reserve[], which are pages. */
static bool add_reserve(struct zone_line *l, struct span rest)
{
	while (rest.at < rest.end) {
		struct span word = span_word(&rest);
		const struct span whole = word;
		struct report_zone *zone = l->zone;
		struct amount amount;

		if (word.at == word.end)
			break;
		if (!span_amount(&word, &amount) || word.at != word.end)
			return interleaved(l->rd, l->line, whole);
		if (amount.wrapped || amount.value >> 52)
			return reader_refuse(
				l->rd, l->line,
				"lowmem_reserve[] has wrapped "
				"below 0: %.*s; use another report",
				span_width(whole), whole.at);
		if (zone->nr_lowmem_reserve == MAX_NR_ZONES)
			return reader_refuse(l->rd, l->line,
					     "lowmem_reserve[] has more than "
					     "%u numbers; copy the line again",
					     MAX_NR_ZONES);
		zone->lowmem_reserve[zone->nr_lowmem_reserve++] = amount.value;
	}
	return true;
}

static bool add_number(struct zone_line *l, enum report_number number,
		       struct amount amount)
{
	const int64_t old = l->zone->number[number];
	char label[ZONE_LABEL_MAX];

	if (report_has(l->zone, number) && (uint64_t)old != amount.value)
		return reader_refuse(l->rd, l->line,
				     "%s: %s is in one line twice: %.*s; the "
				     "lines of two zones are interleaved: give "
				     "the lines of one cpu",
				     zone_label(l->zone, label),
				     report_number_names[number],
				     span_width(amount.text), amount.text.at);
	return reader_number(l->rd, l->line, l->zone, number, amount);
}

/* The number of that name; NR_REPORT_NUMBERS: none that is read. */
static enum report_number find_number(struct span key)
{
	unsigned int i = 0;

	while (i < NR_REPORT_NUMBERS && !span_is(key, report_number_names[i]))
		i++;
	return i;
}

/* "low:212kB". @last: the line ends here, perhaps in the middle. */
static bool add_pair(struct zone_line *l, struct span word, bool last)
{
	const struct span whole = word;
	struct span key = { word.at, word.at };
	enum report_number number;
	struct amount amount;
	bool has_unit;

	while (word.at < word.end && *word.at != ':')
		word.at++;
	key.end = word.at;
	number = find_number(key);
	if (span_take(&word, ":") && span_amount(&word, &amount)) {
		has_unit = span_take(&word, "kB") || span_take(&word, "KB");
		if (word.at == word.end &&
		    (has_unit || number == NR_REPORT_NUMBERS))
			return number == NR_REPORT_NUMBERS ||
			       add_number(l, number, amount);
	}
	l->cut = last;
	return last || interleaved(l->rd, l->line, whole);
}

static bool read_words(struct zone_line *l, struct span rest)
{
	while (rest.at < rest.end) {
		struct span word = span_word(&rest);

		if (span_take(&word, "lowmem_reserve[]:"))
			return add_reserve(l,
					   (struct span){ word.at, rest.end });
		/* a word with a blank behind it; numbers are of a stack dump */
		if (span_is(word, "all_unreclaimable?") ||
		    span_is(word, "yes") || span_is(word, "no") ||
		    is_digit(span_peek(word)))
			continue;
		if (!add_pair(l, word, rest.at == rest.end))
			return false;
	}
	return true;
}

/* The same zone again is no error if it says the same. */
static bool is_same(const struct report_zone *a, const struct report_zone *b)
{
	return a->has == b->has &&
	       !memcmp(a->number, b->number, sizeof(a->number));
}

static void keep(struct zone_line *l, const struct zone_id *id)
{
	struct report *r = reader_report(l->rd);
	struct report_zone *zone = reader_zone(l->rd, l->line, id);
	char label[ZONE_LABEL_MAX];

	if (!zone)
		return;
	zone_label(zone, label);
	if (zone->line && !is_same(zone, l->zone)) {
		reader_refuse(l->rd, l->line,
			      "%s is in the report twice with different "
			      "numbers: lines %u and %u; give one report",
			      label, zone->line, l->line);
		return;
	}
	if (zone->line)
		return;
	if (l->cut)
		report_warn(r, "line %u: the line of %s is cut short", l->line,
			    label);
	zone->line = l->line;
	zone->has = l->zone->has;
	memcpy(zone->number, l->zone->number, sizeof(zone->number));
	zone->nr_lowmem_reserve = l->zone->nr_lowmem_reserve;
	memcpy(zone->lowmem_reserve, l->zone->lowmem_reserve,
	       sizeof(zone->lowmem_reserve));
}

void read_zone_line(struct reader *rd, struct span text, uint32_t line)
{
	struct report_zone zone = { .line = line };
	struct zone_line l = { .rd = rd, .zone = &zone, .line = line };
	struct zone_id id;

	if (!reader_need(rd, false) || !zone_id_take(&text, &id))
		return;
	zone.nid = id.nid;
	zone.type = id.type < 0 ? ZONE_DMA : (enum zone_type)id.type;
	if (read_words(&l, text))
		keep(&l, &id);
}

/* Of the last zone named. The same array twice is one. */
void read_reserve(struct reader *rd, struct span text, uint32_t line)
{
	struct report *r = reader_need(rd, false);
	struct zone_line l = { .rd = rd, .line = line };

	if (!r || rd->zone >= r->nr_zones)
		return;
	l.zone = &r->zones[rd->zone];
	span_take(&text, "lowmem_reserve[]:");
	if (!l.zone->nr_lowmem_reserve)
		add_reserve(&l, text);
}
