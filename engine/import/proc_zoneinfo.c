/* SPDX-License-Identifier: GPL-2.0-or-later */
/* proc: /proc/zoneinfo, whose numbers are pages. */
#include "import/reader.h"

/* The lines that are read; kernels print more, and not all of these. */
static const struct {
	const char *text;
	enum report_number number;
} fields[] = {
	{ "pages free ", REPORT_free },
	{ "boost ", REPORT_boost },
	{ "min ", REPORT_min },
	{ "low ", REPORT_low },
	{ "high ", REPORT_high },
	{ "promo ", REPORT_promo },
	{ "reserved_highatomic ", REPORT_reserved_highatomic },
	{ "free_highatomic ", REPORT_free_highatomic },
	{ "spanned ", REPORT_spanned },
	{ "present ", REPORT_present },
	{ "managed ", REPORT_managed },
	{ "cma ", REPORT_managed_cma },
	{ "nr_free_cma ", REPORT_free_cma },
	{ "start_pfn: ", REPORT_start_pfn },
	{ "vm stats threshold: ", REPORT_stat_threshold },
};

/* "Node 0, zone DMA". The first zone again: the next report. */
void read_zoneinfo(struct reader *rd, struct span text, uint32_t line)
{
	struct report *r = reader_need(rd, true);
	struct report_zone *zone;
	struct zone_id id;
	char label[ZONE_LABEL_MAX];

	if (!zone_id_take(&text, &id))
		return;
	if (r && r->nr_zones && r->zones[0].line && r->zones[0].nid == id.nid &&
	    (int)r->zones[0].type == id.type)
		reader_begin(rd, true);
	if (!reader_need(rd, true))
		return;
	zone = reader_zone(rd, line, &id);
	if (!zone)
		return;
	if (zone->line) {
		reader_refuse(rd, line,
			      "%s is there twice, also in line %u; give "
			      "/proc/zoneinfo of one moment",
			      zone_label(zone, label), zone->line);
		return;
	}
	zone->line = line;
	rd->zoneinfo_name = rd->name;
	rd->cpu = NR_CPUS;
}

/* "cpu: 0" "count: 12" "high: 186" "batch: 31": of one cpu's per-cpu lists. */
static void read_pageset(struct reader *rd, struct report_zone *zone,
			 struct span text, uint32_t line)
{
	struct report_pcp *pcp = rd->cpu < NR_CPUS ? &zone->pcp[rd->cpu] : NULL;

	if (span_take(&text, "cpu: ")) {
		if (!span_below(&text, NR_CPUS, &rd->cpu)) {
			reader_refuse(rd, line,
				      "cpu %.*s: cpus are numbered up to %u; "
				      "use a report of a smaller machine",
				      span_width(text), text.at, NR_CPUS - 1);
			return;
		}
		if (rd->cpu >= zone->nr_cpus)
			zone->nr_cpus = rd->cpu + 1;
	} else if (!pcp) {
		return;
	} else if (span_take(&text, "count: ")) {
		span_below(&text, UINT32_MAX, &pcp->count);
	} else if (span_take(&text, "high: ")) {
		span_below(&text, UINT32_MAX, &pcp->high);
	} else if (span_take(&text, "batch: ")) {
		span_below(&text, UINT32_MAX, &pcp->batch);
	}
}

/* The zone that the lines belong to. */
static struct report_zone *current_zone(struct reader *rd)
{
	struct report *r = reader_report(rd);

	return r && rd->is_proc && !r->refused && rd->zone < r->nr_zones ?
		       &r->zones[rd->zone] :
		       NULL;
}

void read_zoneinfo_field(struct reader *rd, struct span text, uint32_t line)
{
	struct report_zone *zone = current_zone(rd);
	struct amount amount;

	if (!zone)
		return;
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (span_take(&text, fields[i].text)) {
			if (span_amount(&text, &amount))
				reader_number(rd, line, zone, fields[i].number,
					      amount);
			return;
		}
	read_pageset(rd, zone, text, line);
}

/* "protection: (0, 2991, 15868)" */
void read_protection(struct reader *rd, struct span text, uint32_t line)
{
	struct report_zone *zone = current_zone(rd);
	struct amount amount;

	if (!zone || zone->nr_lowmem_reserve)
		return;
	span_take(&text, "protection:");
	span_take(&text, " ");
	span_take(&text, "(");
	while (span_amount(&text, &amount)) {
		if (zone->nr_lowmem_reserve == MAX_NR_ZONES || amount.wrapped ||
		    amount.value >> 52) {
			reader_refuse(rd, line,
				      "protection has more than %u numbers or "
				      "has wrapped below 0: %.*s; use another "
				      "report",
				      MAX_NR_ZONES, span_width(amount.text),
				      amount.text.at);
			return;
		}
		zone->lowmem_reserve[zone->nr_lowmem_reserve++] = amount.value;
		span_take(&text, ",");
		span_take(&text, " ");
	}
}
