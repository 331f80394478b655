/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_screen: how long a picture takes, from the state at a step to the
 * canvas, at 200x50, on a small machine and on one a thousand times as
 * large that had the same requests.
 */
#include <stdlib.h>

#include "state/arena.h"
#include "bench.h"
#include "boot/boot.h"
#include "screen/screen.h"
#include "requests.h"

enum {
	WIDTH = 200,
	HEIGHT = 50,
	NR_REQUESTS = 300,
	MIB_PAGES = 256,
	COLD = 20
};

static struct session *make_session(uint32_t nr_pages)
{
	struct machine_description *d = machine_description_new();
	struct machine m = { .region = NULL };
	char message[256];
	bool ok;

	if (!d)
		return NULL;
	d->nr_nodes = 1;
	d->node[0].nr_pages = nr_pages;
	ok = machine_boot(&m, d, message, sizeof(message)) == BOOT_OK;
	free(d);
	return ok ? session_new(&m, true) : NULL;
}

/* Requests of several orders and migratetypes; every second block is freed. */
static void make_requests(struct session *s)
{
	static const gfp_t masks[] = { GFP_HIGHUSER_MOVABLE, GFP_KERNEL,
				       GFP_HIGHUSER_MOVABLE,
				       GFP_KERNEL | __GFP_RECLAIMABLE };

	for (uint32_t i = 0; i < NR_REQUESTS; i++) {
		const struct alloc_request r = {
			.gfp = masks[i % 4] | __GFP_DMA32, .order = i % 5
		};
		const struct request *made = make_alloc(s, &r, NULL, "");

		if (made && made->pfn != PFN_NONE && i % 2)
			make_free(s, 0, made->pfn, r.order);
	}
}

/* One screen at each of @nr_runs steps, spread over the session. */
static void draw_steps(struct session *s, struct view_model *f,
		       const struct landmarks *landmarks, struct canvas *c,
		       const struct view_state *v, struct bench_figure *figure,
		       unsigned int nr_runs)
{
	static const struct screen_status status = { .mode = "paused" };
	uint32_t nr = session_nr_steps(s);

	/* the first ones find cold memory and are not counted */
	for (unsigned int i = 0; i < nr_runs + COLD; i++) {
		double begin;

		session_seek(
			s, (uint32_t)((uint64_t)nr * (i % nr_runs) / nr_runs));
		begin = bench_now_ns();
		canvas_clear(c);
		f->view = v;
		view_model_build(f, s, "bench", landmarks);
		screen_draw(c, f, &status);
		if (i >= COLD)
			bench_add(figure, (bench_now_ns() - begin) / 1e3);
	}
}

static bool measure(uint32_t nr_pages, struct bench_figure *figures,
		    unsigned int nr_runs)
{
	const struct view_state plain = { .focus = 0 };
	const struct view_state all = { .shown = 1u << VIEW_map |
						 1u << VIEW_source };
	struct session *s = make_session(nr_pages);
	struct view_model *f = malloc(sizeof(*f));
	struct landmarks *landmarks = malloc(sizeof(*landmarks));
	struct canvas c = { .cells = NULL };
	bool ok = s && f && landmarks && canvas_init(&c, WIDTH, HEIGHT, false);

	if (ok) {
		make_requests(s);
		landmarks_build(landmarks, s);
		draw_steps(s, f, landmarks, &c, &plain, &figures[0], nr_runs);
		draw_steps(s, f, landmarks, &c, &all, &figures[1], nr_runs);
	}
	canvas_fini(&c);
	session_free(s);
	free(f);
	free(landmarks);
	return ok;
}

unsigned int bench_screen(struct bench_figure *figures, unsigned int nr_runs,
			  const char **why)
{
	static const struct bench_label labels[] = {
		{ "64M", "us", "a picture at 200x50, 64 MiB" },
		{ "64M-all", "us", "with map and source, 64 MiB" },
		{ "64G", "us", "a picture at 200x50, 64 GiB" },
		{ "64G-all", "us", "with map and source, 64 GiB" },
	};

	nr_runs = nr_runs < 100 ? 100 : nr_runs;
	if (!measure(64 * MIB_PAGES, &figures[0], nr_runs) ||
	    !measure(64 * 1024 * MIB_PAGES, &figures[2], nr_runs)) {
		*why = "not enough memory for a machine of 64 GiB";
		return 0;
	}
	return bench_name(figures, labels, sizeof(labels) / sizeof(*labels));
}
