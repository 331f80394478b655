/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_request: the request, and how far it has come on the path.
 *
 *   ✓ request ─ ✓ walk ─ ▶ watermark ─ · pcp ─ · free lists ─ ...
 */
#include "views/view.h"

void request_describe(const struct view_model *vm, int width,
		      struct view_title *t)
{
	t->rows = 2;
}

static int put_alloc(const struct view_model *vm, struct area a)
{
	const struct alloc_request *r = &vm->request->alloc;
	struct text mask = { "" };
	char gfp[GFP_TEXT_MAX];

	if (r->has_nodemask)
		mask = text_of(TEXT_request_nodemask,
			       nodemask_text(r->nodemask).s);
	return put_format(a, 1, 0, LOOK_NORMAL, TEXT_request_alloc,
			  request_kind_name(vm->request->kind), r->order,
			  1u << r->order, plural(1 << r->order),
			  gfp_to_text(r->gfp, gfp, sizeof(gfp)), r->nid, r->cpu,
			  mask.s);
}

static int put_request(const struct view_model *vm, struct area a)
{
	char text[GFP_TEXT_MAX + 128];

	if (!vm->request)
		return put_text(a, 1, 0, LOOK_NORMAL, TEXT_request_none);
	return request_is_alloc(vm->request) ?
		       put_alloc(vm, a) :
		       put_text(a, 1, 0, LOOK_NORMAL,
				request_text(vm->request, text, sizeof(text)));
}

static const char *const path_names[NR_PATH_STAGES] = {
	[PATH_REQUEST] = TEXT_request_path_request,
	[PATH_WALK] = TEXT_request_path_walk,
	[PATH_WATERMARK] = TEXT_request_path_watermark,
	[PATH_PCP] = TEXT_request_path_pcp,
	[PATH_BUDDY] = TEXT_request_path_buddy,
	[PATH_FALLBACK] = TEXT_request_path_fallback,
	[PATH_PAGE] = TEXT_request_path_page,
};

/* The name of a stage; NULL: not on this path, a free has only some. */
static const char *stage_name(const struct view_model *vm, int stage)
{
	if (stage == PATH_PAGE && vm->slow)
		return TEXT_request_slow;
	if (vm->requested || !vm->request)
		return path_names[stage];
	if (stage == PATH_REQUEST)
		return request_kind_name(vm->request->kind);
	return stage == PATH_PCP || stage == PATH_BUDDY ? path_names[stage] :
							  NULL;
}

static bool path_fits(const struct view_model *vm, const char *between,
		      int room)
{
	int width = 1 - text_width(between);

	for (int i = 0; i < NR_PATH_STAGES; i++)
		if (stage_name(vm, i))
			width += 2 + text_width(stage_name(vm, i)) +
				 text_width(between);
	return width <= room;
}

static int put_stage(const struct view_model *vm, struct area a, int x, int y,
		     int stage)
{
	enum look look = LOOK_DIM;

	a = area_link(a, LINK_STAGE, (uint32_t)stage);
	if ((int)vm->path_current == stage) {
		x = put_text(a, x, y, LOOK_CURRENT, SIGN_CURRENT);
		look = LOOK_TITLE;
	} else if (vm->path[stage]) {
		x = put_text(a, x, y, LOOK_PASSED, SIGN_PASSED);
		look = LOOK_NORMAL;
	} else {
		x = put_text(a, x, y, LOOK_DIM, SIGN_UNREACHED);
	}
	return put_format(a, x, y, look, " %s", stage_name(vm, stage));
}

static void draw_path(const struct view_model *vm, struct area a, int y)
{
	const char *between = path_fits(vm, " ─ ", a.width) ? " ─ " :
			      path_fits(vm, "  ", a.width)  ? "  " :
							      " ";
	int x = 1;

	for (int i = 0; i < NR_PATH_STAGES; i++) {
		if (!stage_name(vm, i))
			continue;
		if (x > 1)
			x = put_text(a, x, y, LOOK_DIM, between);
		x = put_stage(vm, a, x, y, i);
	}
}

void request_draw(const struct view_model *vm, struct area a)
{
	char flags[GFP_TEXT_MAX];
	int x;

	if (a.height < 1)
		return;
	draw_path(vm, a, a.height > 1);
	if (a.height < 2)
		return;
	x = put_request(vm, a);
	if (!vm->has_flags)
		return;
	alloc_flags_to_text(vm->alloc_flags, flags, sizeof(flags));
	if (x + 2 + text_width(flags) < a.width)
		put_right(a, a.width - 1, 0, LOOK_DIM, "%s", flags);
	else
		put_fitting(a, x + 2, 0, LOOK_DIM, "%s", flags);
}
