/* SPDX-License-Identifier: GPL-2.0-or-later */
/* words: the names of what an explanation has. */
#include "failure/explain_private.h"

#include <inttypes.h>
#include <string.h>

/* -- names ---------------------------------------------------------------- */

#define ROW(name, text) { #name, text },
struct name {
	const char *name, *text;
};
static const struct name verdicts[] = { EXPLAIN_VERDICTS(ROW) };
static const struct name checks[] = { EXPLAIN_CHECKS(ROW) };
static const struct name zone_verdicts[] = { EXPLAIN_ZONE_VERDICTS(ROW) };
static const struct name unknowns[] = { EXPLAIN_UNKNOWNS(ROW) };
#undef ROW

const char *explain_verdict_name(enum explain_verdict verdict)
{
	return verdict == EXPLAIN_none ? NULL : verdicts[verdict].name;
}

const char *explain_verdict_text(enum explain_verdict verdict)
{
	return verdicts[verdict].text;
}

const char *explain_check_name(enum explain_check check)
{
	return check == EXPLAIN_CHECK_none ? NULL : checks[check].name;
}

const char *explain_check_text(enum explain_check check)
{
	return checks[check].text;
}

const char *explain_zone_verdict_name(enum explain_zone_verdict verdict)
{
	return zone_verdicts[verdict].name;
}

const char *explain_unknown_name(enum explain_unknown unknown)
{
	return unknowns[unknown].name;
}

const char *explain_unknown_text(enum explain_unknown unknown)
{
	return unknowns[unknown].text;
}

/* -- lists ---------------------------------------------------------------- */

bool explain_has_blocks(const struct report_zone *zone)
{
	return zone->has_lists || zone->has_types;
}

uint64_t explain_nr_blocks(const struct report_zone *zone, unsigned int order)
{
	uint64_t nr = 0;

	if (zone->has_lists)
		return zone->list[order].nr_blocks;
	for (unsigned int type = 0; zone->has_types && type < MIGRATE_ISOLATE;
	     type++)
		nr += zone->by_type[type][order];
	return nr;
}

uint32_t explain_types(const struct report_zone *zone, unsigned int order)
{
	uint32_t types = zone->has_lists ? zone->list[order].types : 0;

	if (!explain_nr_blocks(zone, order))
		return 0;
	if (types || !zone->has_types)
		return types;
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		if (zone->by_type[type][order])
			types |= REPORT_TYPE_BIT(type);
	return types;
}

const char *explain_letters(uint32_t types, char buf[MIGRATE_TYPES + 2])
{
	static const char letters[] = {
		[MIGRATE_UNMOVABLE] = 'U',
		[MIGRATE_MOVABLE] = 'M',
		[MIGRATE_RECLAIMABLE] = 'E',
		[MIGRATE_HIGHATOMIC] = 'H',
		[MIGRATE_CMA] = 'C',
		[MIGRATE_ISOLATE] = 'I',
		[REPORT_MIGRATE_RESERVE] = 'R',
	};
	char *at = buf;

	for (unsigned int type = 0; type <= REPORT_MIGRATE_RESERVE; type++)
		if (types & REPORT_TYPE_BIT(type))
			*at++ = letters[type];
	*at = '\0';
	return buf;
}

void explain_unusable_blocks(const struct explain_attempt *a,
			     const struct explain_zone *z,
			     struct explain_blocks *blocks)
{
	char letters[MIGRATE_TYPES + 2];

	blocks->nr = 0;
	for (unsigned int o = 0; z->report && o < MAX_ORDER_LIMIT; o++) {
		const uint32_t types = explain_types(z->report, o);
		uint32_t i = 0;

		if (!types || (types & a->usable_types))
			continue;
		explain_letters(types, letters);
		while (i < blocks->nr && strcmp(blocks->letters[i], letters))
			i++;
		if (i == blocks->nr) {
			strcpy(blocks->letters[i], letters);
			blocks->pages[i] = 0;
			blocks->nr++;
		}
		blocks->pages[i] += (int64_t)explain_nr_blocks(z->report, o)
				    << o;
	}
}

/* -- other names ---------------------------------------------------------- */

const char *explain_event_name(enum report_event event)
{
	return event == REPORT_ALLOCATION_FAILURE ? "allocation failure" :
	       event == REPORT_OOM		  ? "oom" :
						    "none";
}

const char *explain_zone_name(const struct report_zone *zone, char buf[32])
{
	return zone_text(zone->nid, zone->type, buf);
}

bool explain_shows(const struct explanation *x, const struct report_zone *zone)
{
	char name[32];

	return !x->only_zone ||
	       (zone && (!strcmp(x->only_zone, explain_zone_name(zone, name)) ||
			 !strcmp(x->only_zone, zone_type_name(zone->type))));
}

const char *explain_nodes(uint64_t nodes, char buf[256])
{
	size_t at = 0;

	buf[0] = '\0';
	for (unsigned int first = 0; first < MAX_NUMNODES; first++) {
		unsigned int last = first;

		if (!(nodes >> first & 1))
			continue;
		while (last + 1 < MAX_NUMNODES && nodes >> (last + 1) & 1)
			last++;
		at += (size_t)snprintf(buf + at, 256 - at, "%s%u",
				       at ? "," : "", first);
		if (last > first)
			at += (size_t)snprintf(buf + at, 256 - at, "-%u", last);
		first = last;
	}
	return buf;
}

/* -- facts of the whole --------------------------------------------------- */

int64_t explain_highatomic_needed(const struct explanation *x)
{
	const struct explain_attempt *slow = &x->attempts[EXPLAIN_SLOW];
	int64_t needed = 0;

	if (x->verdict != EXPLAIN_bounded)
		return 0;
	for (uint32_t i = 0; i < slow->nr_zones; i++) {
		const struct explain_zone *z = &slow->zones[i];

		if (z->verdict == EXPLAIN_ZONE_served && !z->is_certain &&
		    (z->unknowns & 1u << EXPLAIN_UNKNOWN_highatomic) &&
		    z->margin > needed)
			needed = z->margin;
	}
	return needed;
}

bool explain_boost_in_marks(const struct explanation *x)
{
	for (uint32_t i = 0; i < x->report->nr_zones; i++)
		if (x->facts[i].has_boost ||
		    report_number(&x->report->zones[i], REPORT_boost))
			return true;
	return false;
}
