/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_pcp: the per-cpu lists of all cpus, a row each, head first. */
#include "views/view.h"

void pcp_describe(const struct view_model *vm, int width, struct view_title *t)
{
	const struct per_cpu_pages *pcp;
	int nr_cpus = (int)vm->m->system->nr_cpus;

	t->rows = nr_cpus > 3 ? 9 : 3 * nr_cpus;
	print_to(t->left, TEXT_pcp_title);
	if (!vm->zone)
		return;
	pcp = zone_pcp(vm->m, vm->zone, vm->cpu);
	print_to(t->left, TEXT_pcp_title_cpu, vm->cpu, vm->zone_name);
	print_to(t->right, TEXT_pcp_count, pcp->count, pcp->high);
}

static void pcp_row(const struct view_model *vm, struct area a, int y,
		    uint32_t cpu, uint32_t type)
{
	const struct per_cpu_pages *pcp = zone_pcp(vm->m, vm->zone, cpu);
	bool here = cpu == vm->cpu && type == vm->type;
	uint32_t pfns[MAX_LISTED];
	uint32_t nr = list_read(vm->m, pcp->heads + type, pfns, MAX_LISTED);
	int x = 1;

	if (vm->m->system->nr_cpus > 1)
		x = put_format(a, x, y, LOOK_DIM, "%-3u", cpu);
	x = put_format(a, x, y, here ? LOOK_TITLE : LOOK_NORMAL, "%c",
		       migratetype_letter(type));
	x = put_format(a, x, y, nr ? LOOK_NORMAL : LOOK_DIM, "%4u%s  ", nr,
		       nr == MAX_LISTED ? "+" : "");
	put_pfns(vm, a, x, y, pfns, nr);
}

void pcp_draw(const struct view_model *vm, struct area a)
{
	int total = (int)vm->m->system->nr_cpus * MIGRATE_PCPTYPES;
	int focus = (int)vm->cpu * MIGRATE_PCPTYPES;
	struct window w;

	if (!vm->zone || a.height < 1)
		return;
	w = window_of(a, 0, total, 0);
	/* this cpu's lists from the first on; of few rows the one in use */
	focus += w.nr < 3 && vm->type < MIGRATE_PCPTYPES ? (int)vm->type :
							   w.nr / 2;
	w = window_of(a, 0, total, focus);
	for (int i = 0; i < w.nr; i++)
		pcp_row(vm, a, i, (uint32_t)(w.first + i) / MIGRATE_PCPTYPES,
			(uint32_t)(w.first + i) % MIGRATE_PCPTYPES);
	window_mark(a, w);
}
