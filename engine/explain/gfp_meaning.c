/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gfp_meaning: what the entry makes of a gfp mask. */
#include "explain/gfp_meaning.h"

#include <stdlib.h>

#include "boot/boot.h"
#include "mm/page_alloc.h"
#include "state/arena.h"

static const struct {
	enum machine_arch arch;
	const char *name;
} archs[GFP_MEANING_ARCHS] = {
	{ ARCH_AMD64, "amd64" },
	{ ARCH_ARM64, "arm64" },
	{ ARCH_I386, "i386" },
};

enum { MIB_PAGES = 1 << (20 - PAGE_SHIFT) };

/* A machine of 64 MiB; on amd64 every zone but Movable has memory. */
static bool boot_small(struct machine *m, enum machine_arch arch)
{
	struct machine_description *d = machine_description_new();
	char message[256];
	bool good;

	if (!d)
		return false;
	d->arch = arch;
	d->nr_nodes = 1;
	d->node[0].nr_pages = 64 * MIB_PAGES;
	if (arch == ARCH_AMD64)
		d->zone_limit[ZONE_DMA32] = 32 * MIB_PAGES;
	good = machine_boot(m, d, message, sizeof(message)) == BOOT_OK;
	free(d);
	return good;
}

static unsigned int highest_zone(const struct machine *m, gfp_t gfp)
{
	const uint32_t idx = gfp_zone(m, gfp);

	return idx == GFP_ZONE_BAD ? MAX_NR_ZONES : m->system->zone_type[idx];
}

/* The alloc flags, and the type. */
static void read_flags(struct machine *m, gfp_t gfp,
		       struct gfp_meaning *meaning)
{
	struct alloc_context ac;
	struct slowpath_attempts slow;

	meaning->migratetype = (gfp & GFP_MOVABLE_MASK) == GFP_MOVABLE_MASK ?
				       MIGRATE_TYPES :
				       gfp_migratetype(m, gfp);
	alloc_context_init(m, gfp, 0, NULL, &ac);
	meaning->fast_flags =
		ALLOC_WMARK_LOW |
		alloc_flags_nofragment(m, first_zones_zonelist(&ac), gfp);
	slowpath_attempts(m, gfp, &slow);
	meaning->slow_flags = slow.first;
	meaning->retry_flags = slow.retry;
	meaning->atomic_ignored = slow.atomic_ignored;
}

bool gfp_meaning(gfp_t gfp, struct gfp_meaning *meaning)
{
	*meaning = (struct gfp_meaning){ 0 };
	for (int i = 0; i < GFP_MEANING_ARCHS; i++) {
		struct machine m = { 0 };

		if (!boot_small(&m, archs[i].arch))
			return false;
		meaning->arch[i].name = archs[i].name;
		meaning->arch[i].highest_zone = highest_zone(&m, gfp);
		if (archs[i].arch == ARCH_AMD64)
			read_flags(&m, gfp, meaning);
		arena_destroy(&m);
	}
	return true;
}
