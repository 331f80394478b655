/* SPDX-License-Identifier: GPL-2.0-or-later */
/* reader: the reports of a set, and the zones of a report. */
#include "import/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/array.h"

/* No machine has as many pages: such a number has wrapped. */
static const uint64_t impossible = (uint64_t)1 << 52;

const char *const report_number_names[NR_REPORT_NUMBERS] = {
#define NAME(name) [REPORT_##name] = #name,
	REPORT_NUMBERS(NAME)
#undef NAME
};

struct report *reader_report(struct reader *rd)
{
	return rd->set->nr ? &rd->set->reports[rd->set->nr - 1] : NULL;
}

struct report *reader_begin(struct reader *rd, bool is_proc)
{
	struct report *r = reader_report(rd);

	reader_end(rd);
	if (rd->set->nr == REPORT_MAX_REPORTS ||
	    rd->nr_set_zones >= REPORT_MAX_ZONES) {
		report_warn(r,
			    "the text has more than %u reports or %u zones: "
			    "what follows is not read",
			    REPORT_MAX_REPORTS, REPORT_MAX_ZONES);
		rd->lines.at = rd->lines.end;
		return NULL;
	}
	r = array_add(rd->set->reports, rd->set->nr);
	if (!r) {
		rd->no_memory = true;
		return NULL;
	}
	*r = (struct report){ .request.event = REPORT_NO_REQUEST };
	rd->is_proc = is_proc;
	rd->has_mem_info = false;
	memset(rd->seen, 0, sizeof(rd->seen));
	return r;
}

struct report *reader_need(struct reader *rd, bool is_proc)
{
	struct report *r = reader_report(rd);

	if (!r || rd->is_proc != is_proc)
		r = reader_begin(rd, is_proc);
	return r && !r->refused ? r : NULL;
}

void reader_end(struct reader *rd)
{
	struct report *r = reader_report(rd);

	if (!r || rd->no_memory)
		return;
	if (!r->refused)
		report_complete(rd, r);
	if (r->refused) {
		free(r->zones);
		r->zones = NULL;
		r->nr_zones = 0;
	}
	rd->nr_set_zones += r->nr_zones;
}

bool reader_refuse(struct reader *rd, uint32_t line, const char *format, ...)
{
	struct report *r = reader_report(rd);
	struct file_error error;
	va_list args;
	int n;

	if (r->refused)
		return false;
	n = snprintf(error.text, sizeof(error.text), "%.200s:%u: ", rd->name,
		     line);
	va_start(args, format);
	vsnprintf(error.text + n, sizeof(error.text) - (size_t)n, format, args);
	va_end(args);
	file_clean(error.text);
	r->refused = strdup(error.text);
	if (!r->refused)
		rd->no_memory = true;
	return false;
}

/* The zone of the current report, or NULL. */
static struct report_zone *find_zone(struct reader *rd,
				     const struct zone_id *id)
{
	struct report *r = reader_report(rd);

	for (uint32_t i = 0; i < r->nr_zones; i++)
		if (r->zones[i].nid == id->nid &&
		    (int)r->zones[i].type == id->type) {
			rd->zone = i;
			return &r->zones[i];
		}
	return NULL;
}

struct report_zone *reader_zone(struct reader *rd, uint32_t line,
				const struct zone_id *id)
{
	struct report *r = reader_report(rd);
	struct report_zone *zone;

	if (id->nid >= MAX_NUMNODES) {
		reader_refuse(rd, line,
			      "node %u: node ids are at most %u; use a report "
			      "of a smaller machine",
			      id->nid, MAX_NUMNODES - 1);
		return NULL;
	}
	if (id->type < 0) {
		reader_refuse(rd, line,
			      "unknown zone: %.*s; a zone is DMA, DMA32, "
			      "Normal, HighMem, Movable or Device",
			      span_width(id->name), id->name.at);
		return NULL;
	}
	zone = find_zone(rd, id);
	if (zone)
		return zone;
	zone = array_add(r->zones, r->nr_zones);
	if (!zone) {
		rd->no_memory = true;
		return NULL;
	}
	*zone = (struct report_zone){ .nid = id->nid,
				      .type = (enum zone_type)id->type };
	rd->zone = r->nr_zones - 1;
	return zone;
}

struct zone_seen *reader_seen(struct reader *rd, const struct report_zone *zone)
{
	return &rd->seen[zone->nid][zone->type];
}

bool reader_number(struct reader *rd, uint32_t line, struct report_zone *zone,
		   enum report_number number, struct amount amount)
{
	char label[ZONE_LABEL_MAX];

	if (amount.wrapped || amount.value >= impossible)
		return reader_refuse(rd, line,
				     "%s: %s has wrapped below 0: %.*s; use "
				     "another report",
				     zone_label(zone, label),
				     report_number_names[number],
				     span_width(amount.text), amount.text.at);
	zone->number[number] = (int64_t)amount.value;
	zone->has |= 1u << number;
	return true;
}
