/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gfp_facts: what the entry makes of a gfp mask, in words. */
#include "explain/gfp_meaning.h"

#include <stdarg.h>
#include <stdio.h>

#include "events/trace.h"
#include "machine/mmzone.h"

__attribute__((format(printf, 3, 4))) static void
add(struct gfp_facts *facts, const char *label, const char *format, ...)
{
	const uint32_t i = facts->nr++;
	va_list list;

	facts->fact[i].label = label;
	va_start(list, format);
	vsnprintf(facts->fact[i].text, sizeof(facts->fact[i].text), format,
		  list);
	va_end(list);
}

static void add_zones(struct gfp_facts *facts,
		      const struct gfp_meaning_arch *arch)
{
	_Static_assert(GFP_MEANING_ARCHS == 3, "all are printed");
	add(facts, "highest_zoneidx", "%s on %s, %s on %s, %s on %s",
	    zone_type_name(arch[0].highest_zone), arch[0].name,
	    zone_type_name(arch[1].highest_zone), arch[1].name,
	    zone_type_name(arch[2].highest_zone), arch[2].name);
}

static void add_flags(struct gfp_facts *facts, const char *label,
		      uint32_t alloc_flags)
{
	char text[GFP_TEXT_MAX];

	add(facts, label, "%s",
	    alloc_flags_to_text(alloc_flags, text, sizeof(text)));
}

static void add_attempts(struct gfp_facts *facts, const struct gfp_meaning *m)
{
	add_flags(facts, "fast path", m->fast_flags);
	add_flags(facts, "slow path", m->slow_flags);
	if (m->retry_flags != m->slow_flags)
		add_flags(facts, "second attempt", m->retry_flags);
	if (m->atomic_ignored)
		add(facts, "warning", "%s",
		    "the slow path ignores __GFP_ATOMIC, as "
		    "__GFP_DIRECT_RECLAIM may sleep");
}

static void add_reclaim(struct gfp_facts *facts, gfp_t gfp)
{
	static const char *const direct[2][2] = {
		/* by __GFP_IO, __GFP_FS */
		{ "without I/O and file systems",
		  "with file systems, without I/O" },
		{ "with I/O, without file systems",
		  "with I/O and file systems" },
	};
	const char *kswapd = gfp & __GFP_KSWAPD_RECLAIM ?
				     "wakes kswapd" :
				     "does not wake kswapd";

	if (gfp & __GFP_DIRECT_RECLAIM) {
		add(facts, "may sleep", "yes, in direct reclaim");
		add(facts, "reclaim", "%s; direct reclaim %s", kswapd,
		    direct[!!(gfp & __GFP_IO)][!!(gfp & __GFP_FS)]);
	} else {
		add(facts, "may sleep", "no");
		add(facts, "reclaim", "%s; no direct reclaim", kswapd);
	}
}

static void add_error(struct gfp_facts *facts, enum machine_error error)
{
	add(facts, "error", "%s", enum_text(KIND_machine_error, error));
	facts->error = true;
}

bool gfp_facts(gfp_t gfp, struct gfp_facts *facts)
{
	struct gfp_meaning meaning;

	facts->nr = 0;
	facts->error = false;
	if (!gfp_meaning(gfp, &meaning))
		return false;
	if (meaning.arch[0].highest_zone == MAX_NR_ZONES) {
		add_error(facts, MACHINE_ERROR_gfp_zone);
	} else if (meaning.migratetype == MIGRATE_TYPES) {
		add_error(facts, MACHINE_ERROR_gfp_type);
	} else {
		add(facts, "migratetype", "%s",
		    migratetype_name(meaning.migratetype));
		add_zones(facts, meaning.arch);
		add_attempts(facts, &meaning);
		add_reclaim(facts, gfp);
	}
	return true;
}
