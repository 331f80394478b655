/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * view_request: the request, and how far it has come on the path.
 *
 *   ✓ request ─ ✓ walk ─ ▶ watermark ─ · pcp ─ · free lists ─ ...
 */
#include "model/text.h"
#include "views/view.h"

static const char *alloc_text(const struct view_model *vm, char *buf,
			      size_t size)
{
	const struct alloc_request *r = &vm->request->alloc;
	char gfp[GFP_TEXT_MAX], mask[40] = "";

	if (r->has_nodemask)
		snprintf(mask, sizeof(mask), TEXT_request_nodemask,
			 (unsigned long long)r->nodemask);
	snprintf(buf, size, TEXT_request_alloc,
		 request_kind_name(vm->request->kind), r->order, 1u << r->order,
		 r->order ? "s" : "", gfp_to_text(r->gfp, gfp, sizeof(gfp)),
		 r->nid, r->cpu, mask);
	return buf;
}

static const char *first_line(const struct view_model *vm, char *buf,
			      size_t size)
{
	const struct request *r = vm->request;

	if (!r) {
		snprintf(buf, size, TEXT_request_none);
		return buf;
	}
	return request_is_alloc(r) ? alloc_text(vm, buf, size) :
				     request_text(r, buf, size);
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

/* A free has only some of the stages. */
static bool on_path(const struct view_model *vm, enum path_stage stage)
{
	if (vm->requested || !vm->request)
		return true;
	return stage == PATH_REQUEST || stage == PATH_PCP ||
	       stage == PATH_BUDDY;
}

static const char *stage_name(const struct view_model *vm,
			      enum path_stage stage)
{
	if (stage == PATH_PAGE && vm->slow)
		return TEXT_request_slow;
	if (stage == PATH_REQUEST && vm->request && !vm->requested)
		return request_kind_name(vm->request->kind);
	return path_names[stage];
}

static int path_width(const struct view_model *vm, const char *between)
{
	int width = 1;

	for (int i = 0; i < NR_PATH_STAGES; i++)
		if (on_path(vm, (enum path_stage)i))
			width +=
				2 +
				text_width(stage_name(vm, (enum path_stage)i)) +
				text_width(between);
	return width - text_width(between);
}

static int put_stage(const struct view_model *vm, struct area a, int x, int y,
		     enum path_stage stage)
{
	bool now = vm->path_current == stage;

	if (now)
		x = put_text(a, x, y, LOOK_CURRENT, SIGN_CURRENT);
	else
		x = put_text(a, x, y, vm->path[stage] ? LOOK_PASSED : LOOK_DIM,
			     vm->path[stage] ? SIGN_PASSED : SIGN_UNREACHED);
	return put_format(a, x, y,
			  now		  ? LOOK_TITLE :
			  vm->path[stage] ? LOOK_NORMAL :
					    LOOK_DIM,
			  " %s", stage_name(vm, stage));
}

static void draw_path(const struct view_model *vm, struct area a, int y)
{
	const char *between = " ─ ";
	int x = 1;

	if (path_width(vm, between) > a.width)
		between = "  ";
	if (path_width(vm, between) > a.width)
		between = " ";
	for (int i = 0; i < NR_PATH_STAGES; i++) {
		if (!on_path(vm, (enum path_stage)i))
			continue;
		if (x > 1)
			x = put_text(a, x, y, LOOK_DIM, between);
		x = put_stage(vm, a, x, y, (enum path_stage)i);
	}
}

static void request_draw(const struct view_model *vm, struct area a,
			 const struct view_state *v)
{
	char text[GFP_TEXT_MAX + 128], flags[GFP_TEXT_MAX];
	int x;

	if (a.height < 1)
		return;
	draw_path(vm, a, a.height > 1);
	if (a.height < 2)
		return;
	x = put_text(a, 1, 0, LOOK_NORMAL, first_line(vm, text, sizeof(text)));
	if (!vm->has_flags)
		return;
	alloc_flags_to_text(vm->alloc_flags, flags, sizeof(flags));
	if (x + 2 + text_width(flags) < a.width)
		put_right(a, a.width - 1, 0, LOOK_DIM, flags);
}

const struct view view_request = {
	.name = "request",
	.help = TEXT_request_help,
	.heading = TEXT_request_title,
	.rows = 2,
	.draw = request_draw,
};
