/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zone_nodes: the zones of all nodes as a grid, by their place in the
 * zonelist. A line divides them at highest_zoneidx; the rows below say which
 * nodes each rule allows.
 *
 *                node 0  node 1
 *   Normal       1✗      3
 *   ── highest_zoneidx = DMA32 (GFP_DMA32) ───────────
 *   DMA32       ▶2✗      4
 *   nodemask    ▶✗       ✓       from the caller
 */
#include "views/view.h"

#include <string.h>

#include "model/node_mask.h"

enum { MAX_ROWS = MAX_NR_ZONES + MAX_NODE_MASKS + 2 };
/* A cell of less than NUMBER_CELL columns has no number. */
enum { CELLS_X = 15, NUMBER_CELL = 4, NAMED_CELL = 7, WIDEST_CELL = 10 };
enum { LEAST_ROWS = 7, RULE_WIDTH = 47 };

enum row_kind { ROW_HEADER, ROW_ZONE, ROW_LINE, ROW_MASK };

struct row {
	enum row_kind kind;
	unsigned int i; /* zone index, or of masks */
	int priority; /* in a low panel the lowest goes first */
};

struct grid {
	const struct view_model *vm;
	struct node_mask masks[MAX_NODE_MASKS];
	unsigned int nr_masks;
	bool by_node; /* a mask decides in this step */
	struct row rows[MAX_ROWS];
	int nr_rows;
	int cell; /* columns of a node */
};

bool is_about_nodes(const struct view_model *vm)
{
	struct node_mask masks[MAX_NODE_MASKS];

	if (!vm->event || !vm->prepared || !vm->zone)
		return false;
	switch (event_id(vm->event)) {
	case EVENT_prepare_alloc_pages:
		return vm->nr_rows > 1;
	case EVENT_walk_begin:
		return node_masks(vm, masks) > 0;
	case EVENT_zone_skip:
		return !is_about_dirty(vm);
	case EVENT_cpuset_check:
	case EVENT_nofragment_retry:
		return true;
	default:
		return false;
	}
}

/* -- rows ---------------------------------------------------------------- */

static bool is_populated(const struct view_model *vm, unsigned int idx)
{
	bool populated = false;

	for (unsigned int nid = 0; nid < vm->m->system->nr_nodes; nid++)
		populated |= populated_zone(node_zone(vm->m, nid, idx));
	return populated;
}

static void add_row(struct grid *g, const struct row row)
{
	g->rows[g->nr_rows++] = row;
}

static void grid_init(struct grid *g, const struct view_model *vm)
{
	bool lined = false;

	*g = (struct grid){ .vm = vm };
	g->nr_masks = node_masks(vm, g->masks);
	for (unsigned int i = 0; i < g->nr_masks; i++)
		g->by_node |= g->masks[i].decides;
	if (vm->m->system->nr_online_nodes > 1)
		add_row(g, (struct row){ ROW_HEADER, 0, 4 });
	for (unsigned int idx = vm->m->system->nr_zone_types; idx-- > 0;) {
		if (!lined && idx <= vm->highest_zoneidx) {
			add_row(g, (struct row){ ROW_LINE, 0,
						 g->by_node ? 1 : 5 });
			lined = true;
		}
		if (is_populated(vm, idx))
			add_row(g, (struct row){ ROW_ZONE, idx,
						 idx == vm->zone->idx ? 3 :
						 g->by_node	      ? 0 :
									2 });
	}
	for (unsigned int i = 0; i < g->nr_masks; i++)
		add_row(g, (struct row){ ROW_MASK, i,
					 g->masks[i].decides ? 6 :
					 g->by_node	     ? 2 :
							       0 });
}

/* Remove rows until there are @most. */
static void fit_rows(struct grid *g, int most)
{
	while (g->nr_rows > most && g->nr_rows) {
		int lowest = g->nr_rows - 1;

		for (int i = lowest; i >= 0; i--)
			if (g->rows[i].priority < g->rows[lowest].priority)
				lowest = i;
		g->nr_rows--;
		memmove(&g->rows[lowest], &g->rows[lowest + 1],
			(size_t)(g->nr_rows - lowest) * sizeof(*g->rows));
	}
}

void nodes_describe(const struct view_model *vm, struct view_title *t)
{
	const struct event_zone_skip *skip = event_get(vm->event, zone_skip);
	const struct event_nofragment_retry *retry =
		event_get(vm->event, nofragment_retry);
	char flags[GFP_TEXT_MAX];
	struct grid g;

	grid_init(&g, vm);
	t->rows = g.nr_rows;
	t->most = g.nr_rows + 2 + (g.nr_masks > 0);
	t->least = LEAST_ROWS;
	if (event_id(vm->event) == EVENT_prepare_alloc_pages)
		print_to(t->left, "%s", event_type(vm->event)->function);
	else
		print_to(t->left, "%s: %s", vm->zone_name,
			 skip ? enum_text(KIND_skip_reason, skip->reason) :
			 retry && retry->reason == RETRY_locality ?
				TEXT_walk_remote :
				event_type(vm->event)->function);
	print_to(t->right, "%.90s",
		 alloc_flags_to_text(vm->alloc_flags, flags, sizeof(flags)));
}

/* -- drawing ------------------------------------------------------------- */

/* The widest cell that leaves room for notes; without, as wide as fits. */
static int cell_width(const struct grid *g, int width)
{
	const int nr = (int)g->vm->m->system->nr_nodes;
	const int room = (width - CELLS_X - 1) / nr;
	/* the same for each rule of the cpuset */
	int note = g->vm->alloc_flags & ALLOC_CPUSET ? RULE_WIDTH : 0, noted;

	for (unsigned int i = 0; i < g->nr_masks; i++)
		if (text_width(g->masks[i].note) > note)
			note = text_width(g->masks[i].note);
	noted = (width - CELLS_X - 2 - note) / nr;
	if (noted >= NUMBER_CELL)
		return noted < WIDEST_CELL ? noted : WIDEST_CELL;
	return room > NUMBER_CELL ? NUMBER_CELL : room > 1 ? room : 1;
}

static int cell_x(const struct grid *g, unsigned int nid)
{
	return CELLS_X - (g->cell == 1) + (int)nid * g->cell;
}

/* Where the notes begin. */
static int note_x(const struct grid *g)
{
	return cell_x(g, g->vm->m->system->nr_nodes) + 1;
}

static void draw_header(const struct grid *g, struct area a, int y)
{
	if (g->cell < NAMED_CELL)
		put_text(a, 1, y, LOOK_DIM, TEXT_nodes_nodes);
	for (unsigned int nid = 0; nid < g->vm->m->system->nr_nodes; nid++) {
		if (!node_online(g->vm->m, nid))
			continue;
		if (g->cell >= NAMED_CELL)
			put_format(a, cell_x(g, nid), y, LOOK_DIM,
				   TEXT_nodes_node, nid);
		else if (g->cell > 2 || nid % 10 == 0)
			put_fitting(a, cell_x(g, nid), y, LOOK_DIM, "%u", nid);
	}
	if (note_x(g) + text_width(TEXT_nodes_places) < a.width)
		put_text(a, note_x(g), y, LOOK_DIM, TEXT_nodes_places);
}

/* ── highest_zoneidx = DMA32 (__GFP_DMA32) ──── */
static void draw_line(const struct grid *g, struct area a, int y)
{
	const struct view_model *vm = g->vm;
	gfp_t modifiers = vm->prepared->gfp & GFP_ZONEMASK;
	char gfp[GFP_TEXT_MAX];
	int x = put_text(a, 1, y, LOOK_DIM, "── ");

	x = put_format(a, x, y, LOOK_TITLE, TEXT_nodes_line,
		       zone_name(vm->m, vm->highest_zoneidx),
		       modifiers ? gfp_to_text(modifiers, gfp, sizeof(gfp)) :
				   TEXT_nodes_no_modifier);
	if (x < a.width - 2)
		put_repeat(a, x + 1, y, a.width - x - 2, LOOK_DIM, "─");
}

/* What the walk found out about a zone so far. */
static void put_state(struct area a, int x, int y, const struct walk_row *row)
{
	bool refused = row->skipped || row->no_block || row->empty ||
		       (row->check && !row->check->ok && !row->ignored);

	if (refused || row->check)
		put_text(a, x, y, refused ? LOOK_REFUSED : LOOK_PASSED,
			 refused ? SIGN_REFUSED : SIGN_PASSED);
}

/* The sign of what is current, beside a cell or in one that is narrow. */
static void put_current_cell(const struct grid *g, struct area a, int x, int y)
{
	x -= g->cell > 1;
	put_text(a, x, y, LOOK_CURRENT, SIGN_CURRENT);
	set_cursor(a, x, y);
}

/* A zone's position in the zonelist, and its state. */
static void draw_zone(const struct grid *g, struct area a, int y,
		      const struct zone *zone)
{
	const struct view_model *vm = g->vm;
	int x = cell_x(g, zone->node);
	unsigned int i = 0;
	bool now, decided;

	while (i < vm->nr_rows && vm->rows[i].zone != zone)
		i++;
	if (i == vm->nr_rows) { /* not in this zonelist */
		put_text(a, x, y, LOOK_DIM, SIGN_NOT_MADE);
		return;
	}
	now = i == vm->row;
	if (now)
		put_current_cell(g, a, x, y);
	/* a movement ends with what this step decides */
	decided = !now || (g->cell > 1 && !in_motion(vm->view));
	if (g->cell >= NUMBER_CELL)
		x = put_format(a, x, y, now ? LOOK_TITLE : LOOK_NORMAL, "%u",
			       i + 1);
	else if (!now && !vm->rows[i].skipped && !vm->rows[i].check)
		put_text(a, x, y, LOOK_DIM, SIGN_UNREACHED);
	if (decided)
		put_state(a, x, y, &vm->rows[i]);
}

static void draw_zones(const struct grid *g, struct area a, int y,
		       unsigned int idx)
{
	const struct machine *m = g->vm->m;
	const struct zone *zone = node_zone(m, 0, idx);
	const uint32_t mib = 20 - m->system->page_shift;

	put_text(a, 1, y, idx == g->vm->zone->idx ? LOOK_TITLE : LOOK_NORMAL,
		 zone_name(m, idx));
	for (unsigned int nid = 0; nid < m->system->nr_nodes; nid++)
		if (populated_zone(node_zone(m, nid, idx)))
			draw_zone(g, a, y, node_zone(m, nid, idx));
	if (m->system->nr_nodes == 1)
		put_fitting(a, note_x(g), y, LOOK_DIM, TEXT_nodes_range,
			    zone->start_pfn, zone_end_pfn(zone) - 1,
			    zone->start_pfn >> mib, zone_end_pfn(zone) >> mib);
}

static void draw_mask(const struct grid *g, struct area a, int y,
		      const struct node_mask *mask)
{
	const struct view_model *vm = g->vm;

	put_text(a, 1, y, mask->decides ? LOOK_TITLE : LOOK_NORMAL, mask->name);
	for (unsigned int nid = 0; nid < vm->m->system->nr_nodes; nid++) {
		bool allowed = mask->nodes >> nid & 1;
		bool now = mask->decides && nid == vm->zone->node &&
			   !in_motion(vm->view);

		if (!node_online(vm->m, nid))
			continue;
		if (now && g->cell > 1)
			put_current_cell(g, a, cell_x(g, nid), y);
		put_text(a, cell_x(g, nid), y,
			 allowed	      ? LOOK_PASSED :
			 now && mask->refuses ? LOOK_REFUSED :
						LOOK_DIM,
			 allowed ? SIGN_PASSED : SIGN_REFUSED);
	}
	if (note_x(g) < a.width - 1)
		put_fitting(a, note_x(g), y,
			    mask->decides ? LOOK_NORMAL : LOOK_DIM, "%s",
			    mask->note);
}

static void draw_grid_row(const struct grid *g, struct area a, int y,
			  const struct row row)
{
	if (row.kind == ROW_HEADER)
		draw_header(g, a, y);
	else if (row.kind == ROW_LINE)
		draw_line(g, a, y);
	else if (row.kind == ROW_ZONE)
		draw_zones(g, a, y, row.i);
	else
		draw_mask(g, a, y, &g->masks[row.i]);
}

/* In rows that are left: a blank one above the rules, and what they mean. */
void nodes_draw(const struct view_model *vm, struct area a)
{
	struct grid g;
	int spare, y = 0;

	grid_init(&g, vm);
	spare = a.height - g.nr_rows;
	fit_rows(&g, a.height);
	g.cell = cell_width(&g, a.width);
	for (int i = 0; i < g.nr_rows; i++) {
		y += spare > 0 && g.rows[i].kind == ROW_MASK && !g.rows[i].i;
		draw_grid_row(&g, a, y++, g.rows[i]);
	}
	if (spare >= 2 + (g.nr_masks > 0))
		put_wrapped(a, 1, y + 1, a.height - y - 1, LOOK_DIM,
			    g.nr_masks ? TEXT_nodes_rule :
					 TEXT_nodes_rule_zones);
}
