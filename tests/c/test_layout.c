/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pictures of every kind at every kind of size: nothing overlaps, nothing
 * is lost without a mark, and a picture depends on its step alone.
 */
#include "arena.h"
#include "boot.h"
#include "layout.h"
#include "test.h"

static const struct screen_status status = { .mode = "paused" };

static struct session *make_session(void)
{
	struct machine_description *d = machine_description_new();
	struct machine m = { .region = NULL };
	char message[256] = "";
	struct session *s;

	if (!d)
		return NULL;
	d->nr_nodes = 2;
	d->nr_cpus = 2;
	for (int i = 0; i < 2; i++) {
		d->node[i].start_pfn = PFN_NONE;
		d->node[i].nr_pages = 4096;
	}
	if (machine_boot(&m, d, message, sizeof(message)) != BOOT_OK) {
		fprintf(stderr, "%s\n", message);
		return NULL;
	}
	free(d);
	s = session_new(&m, true);
	return s;
}

/* Requests that visit every picture; each kept block is freed again. */
static void tell_story(struct session *s)
{
	static const gfp_t masks[] = { GFP_HIGHUSER_MOVABLE, GFP_KERNEL,
				       GFP_KERNEL | __GFP_RECLAIMABLE,
				       GFP_KERNEL | __GFP_WRITE };
	uint32_t pfns[400], orders[400], nr = 0;

	session_note(s, NOTE_SAY, "Every picture once, and some often.", NULL);
	for (uint32_t i = 0; i < 400; i++) {
		const struct alloc_request r = { .gfp = masks[i % 4],
						 .order = i % 7 ? i % 5 : 9,
						 .nid = i % 2,
						 .cpu = i % 2 };
		const struct request *done =
			session_alloc(s, &r, NULL, "block");

		if (done && done->pfn != PFN_NONE) {
			pfns[nr] = done->pfn;
			orders[nr++] = r.order;
		}
	}
	for (uint32_t i = 0; i < nr; i++)
		session_free_pages(s, i % 2, pfns[i], orders[i], NULL);
	session_drain(s, 0, NULL);
	session_drain(s, 9, NULL); /* refused */
}

static void draw(struct canvas *c, struct frame *f, const struct session *s,
		 const struct marks *marks)
{
	const struct layout_choice choice = { .focus = 0 };

	canvas_clear(c);
	frame_make(f, s, "a story", marks);
	screen_draw(c, f, &choice, &status);
}

/* Is every panel inside, and does none touch another's cells? */
static bool layout_is_sound(const struct layout *l, int width, int height)
{
	static uint8_t used[200 * 320];

	if (l->too_small)
		return width < SCREEN_MIN_WIDTH || height < SCREEN_MIN_HEIGHT;
	memset(used, 0, sizeof(used));
	for (unsigned int i = 0; i < l->nr_panels; i++) {
		const struct rect *r = &l->panels[i].rect;

		if (r->x < 0 || r->y < 0 || r->width < 1 || r->height < 1 ||
		    r->x + r->width > width || r->y + r->height > height)
			return false;
		for (int y = r->y; y < r->y + r->height; y++)
			for (int x = r->x; x < r->x + r->width; x++)
				if (used[y * 320 + x]++)
					return false;
	}
	return l->nr_panels > 0;
}

static void check_size(struct session *s, struct frame *f,
		       const struct marks *marks, int width, int height)
{
	const struct layout_choice choice = { .focus = 0 };
	uint32_t nr = session_nr_steps(s), bad = 0;
	struct layout l;
	struct canvas c;

	CHECK(canvas_init(&c, width, height, (width + height) % 2));
	for (uint32_t step = 0; step <= nr && !bad;
	     step += 1 + (uint32_t)(width * height) % 29) {
		session_seek(s, step);
		draw(&c, f, s, marks);
		layout_make(&l, f, width, height, &choice);
		if (!c.nr_lost && !c.nr_overdrawn &&
		    layout_is_sound(&l, width, height))
			continue;
		fprintf(stderr,
			"step %u at %dx%d: %u lost, %u overdrawn\n", step,
			width, height, c.nr_lost, c.nr_overdrawn);
		canvas_dump(&c, stderr);
		bad = step + 1;
	}
	CHECK_EQ(bad, 0);
	canvas_fini(&c);
}

static void test_sizes(struct session *s, struct frame *f,
		       const struct marks *marks)
{
	static const int sizes[][2] = {
		{ 20, 5 },   { 1, 1 },	 { 39, 9 },   { 40, 10 },
		{ 40, 13 },  { 41, 14 }, { 44, 17 },  { 50, 18 },
		{ 57, 19 },  { 63, 20 }, { 72, 21 },  { 79, 23 },
		{ 80, 24 },  { 81, 25 }, { 90, 12 },  { 99, 29 },
		{ 100, 30 }, { 101, 14 }, { 120, 40 }, { 133, 33 },
		{ 200, 60 }, { 300, 10 }, { 40, 100 }, { 300, 100 },
	};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
		check_size(s, f, marks, sizes[i][0], sizes[i][1]);
}

/* Small cells show what a picture needs; a random walk finds the rest. */
static void test_random_sizes(struct session *s, struct frame *f,
			      const struct marks *marks)
{
	uint32_t seed = 12345, bad = 0;
	struct canvas c;

	CHECK(canvas_init(&c, 1, 1, false));
	for (int i = 0; i < 4000 && !bad; i++) {
		const struct layout_choice choice = {
			.focus = seed >> 9 & 7,
			.enlarged = seed >> 12 & 1,
			.scroll = (int)(seed >> 13 & 31) - 16,
		};
		int width, height;

		seed = seed * 1664525 + 1013904223;
		width = 20 + (int)(seed >> 8) % 140;
		height = 5 + (int)(seed >> 16) % 50;
		CHECK(canvas_resize(&c, width, height));
		c.ascii = seed >> 30 & 1;
		session_seek(s, seed % (session_nr_steps(s) + 1));
		frame_make(f, s, "a story", marks);
		screen_draw(&c, f, &choice, &status);
		if (!c.nr_lost && !c.nr_overdrawn)
			continue;
		fprintf(stderr,
			"step %u at %dx%d focus %u enlarged %d scroll %d: "
			"%u lost, %u overdrawn\n",
			session_step(s), width, height, choice.focus,
			choice.enlarged, choice.scroll, c.nr_lost,
			c.nr_overdrawn);
		canvas_dump(&c, stderr);
		bad = 1;
	}
	CHECK_EQ(bad, 0);
	canvas_fini(&c);
}

static uint64_t picture_hash(const struct canvas *c)
{
	uint64_t hash = 14695981039346656037u;

	for (int i = 0; i < c->width * c->height; i++)
		hash = (hash ^ (c->cells[i].glyph << 4 ^ c->cells[i].look)) *
		       1099511628211u;
	return hash ^ (uint64_t)(c->cursor_x * 1000 + c->cursor_y);
}

/* Forwards, backwards, and by leaps: the same picture for the same step. */
static void test_any_way(struct session *s, struct frame *f,
			 const struct marks *marks)
{
	uint32_t nr = session_nr_steps(s), differ = 0;
	uint64_t *hashes = calloc((size_t)nr + 1, sizeof(*hashes));
	struct canvas c;

	CHECK(hashes && canvas_init(&c, 120, 40, false));
	for (uint32_t step = 0; hashes && step <= nr; step++) {
		session_seek(s, step);
		draw(&c, f, s, marks);
		hashes[step] = picture_hash(&c);
	}
	for (uint32_t step = nr; hashes && step-- > 0;) {
		if (step % 16 == 3) /* from far away */
			session_seek(s, nr - step);
		session_seek(s, step);
		draw(&c, f, s, marks);
		differ += hashes[step] != picture_hash(&c);
	}
	CHECK_EQ(differ, 0);
	free(hashes);
	canvas_fini(&c);
}

/* Each kind of picture was among them, or the rest proves little. */
static void test_pictures_met(struct session *s, struct frame *f)
{
	uint32_t met[NR_PICTURES] = { 0 };

	for (uint32_t step = 0; step <= session_nr_steps(s); step++) {
		session_seek(s, step);
		frame_make(f, s, "", NULL);
		met[f->picture]++;
	}
	for (int i = PICTURE_MACHINE; i < NR_PICTURES; i++)
		CHECK(met[i] > 0);
}

int main(void)
{
	struct session *s = make_session();
	struct frame *f = malloc(sizeof(*f));
	struct marks *marks = malloc(sizeof(*marks));

	CHECK(s && f && marks);
	if (s && f && marks) {
		tell_story(s);
		marks_make(marks, s);
		test_pictures_met(s, f);
		test_sizes(s, f, marks);
		test_random_sizes(s, f, marks);
		test_any_way(s, f, marks);
	}
	session_free(s);
	free(f);
	free(marks);
	return test_done();
}
