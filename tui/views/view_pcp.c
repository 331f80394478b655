/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_pcp: the per-cpu lists of all cpus, a row each, head first. */
#include "model/text.h"
#include "views/view.h"

static void pcp_title(const struct view_model *vm, const struct view_state *v,
		      struct view_title *t)
{
	const struct per_cpu_pages *pcp;

	snprintf(t->left, sizeof(t->left), TEXT_pcp_title);
	if (!vm->zone)
		return;
	pcp = zone_pcp(vm->m, vm->zone, vm->cpu);
	snprintf(t->left, sizeof(t->left), TEXT_pcp_title_cpu, vm->cpu,
		 vm->zone_name);
	snprintf(t->right, sizeof(t->right), TEXT_pcp_count, pcp->count,
		 pcp->high);
}

static int pcp_height(const struct view_model *vm, const struct view_state *v,
		      int width)
{
	return vm->m->system->nr_cpus > 3 ? 9 : 3 * (int)vm->m->system->nr_cpus;
}

enum { MAX_LISTED = 48 };

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
	for (uint32_t i = 0; i < nr && x < a.width; i++) {
		char text[16];

		snprintf(text, sizeof(text), "%u ", pfns[i]);
		if (x + text_width(text) + 1 > a.width) {
			put_text(a, x, y, LOOK_DIM, "…");
			return;
		}
		x = put_text(a, x, y,
			     view_model_changed(vm, pfns[i]) ? LOOK_CHANGED :
							       LOOK_FREE,
			     text);
	}
}

static void pcp_draw(const struct view_model *vm, struct area a,
		     const struct view_state *v)
{
	int total, nr, first;

	if (!vm->zone || a.height < 1)
		return;
	total = (int)vm->m->system->nr_cpus * MIGRATE_PCPTYPES;
	nr = window_rows(a, total, 0);
	first = window_first(total, nr, (int)vm->cpu * 3 + nr / 2, v->scroll);
	if (nr < 3 && vm->type < MIGRATE_PCPTYPES)
		first = window_first(total, nr, (int)(vm->cpu * 3 + vm->type),
				     v->scroll);
	for (int i = 0; i < nr; i++)
		pcp_row(vm, a, i, (uint32_t)(first + i) / 3,
			(uint32_t)(first + i) % 3);
	window_mark(a, first, nr, total);
}

const struct view view_pcp = {
	.name = "pcp",
	.panel = PANEL_PCP,
	.help = TEXT_pcp_help,
	.title = pcp_title,
	.height = pcp_height,
	.draw = pcp_draw,
};
