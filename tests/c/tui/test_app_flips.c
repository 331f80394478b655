/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `!` at a refusal: what would have let the request be served is shown over
 * the picture, on any screen, and nowhere before an open question is answered.
 */
#include "app/app_private.h"
#include "machine.h"
#include "requests.h"
#include "search/search.h"

static const char ask_parts[] = "Is it served?\0choice\0yes\0no";
static const char answer_parts[] = "b\0It is short of pages.\0\0";
static const struct note ask = { .kind = NOTE_ASK,
				 .text = ask_parts,
				 .size = sizeof(ask_parts) };
static const struct note reply = { .kind = NOTE_ANSWER,
				   .text = answer_parts,
				   .size = sizeof(answer_parts) };

struct play {
	struct session *s;
	struct app app;
	struct canvas canvas;
	enum app_effect effect; /* of the last key */
	uint32_t refused; /* the last request */
};

/*
 * A small machine whose order-3 blocks are allocated until one is refused: the
 * last request, about which a question is asked if @asks.
 */
static struct play *begin(bool asks)
{
	const struct alloc_request r = { .gfp = GFP_KERNEL, .order = 3 };
	struct app_input input = { .title = "story", .message = "" };
	struct play *p = calloc(1, sizeof(*p));
	struct machine m = two_nodes();

	p->s = input.session = session_new(&m, true);
	while (make_alloc(p->s, &r, NULL, NULL)->pfn != PFN_NONE)
		p->refused++;
	if (asks)
		session_add_note(p->s, &ask);
	make_alloc(p->s, &r, NULL, NULL);
	if (asks)
		session_add_note(p->s, &reply);
	p->refused += 1;
	CHECK(app_init(&p->app, &input, NULL));
	CHECK(canvas_init(&p->canvas, 80, 24, false));
	return p;
}

static void end(struct play *p)
{
	app_fini(&p->app);
	canvas_fini(&p->canvas);
	session_free(p->s);
	free(p);
}

static void draw(struct play *p)
{
	canvas_clear(&p->canvas);
	app_update(&p->app, p->canvas.width, p->canvas.height);
	app_draw(&p->app, &p->canvas);
	CHECK_EQ(p->canvas.nr_lost, 0);
}

static void key(struct play *p, uint32_t k)
{
	p->effect = app_key(&p->app, k, 0);
	draw(p);
}

static bool shows(struct play *p, const char *text)
{
	char *dump = NULL;
	size_t size;
	FILE *out = open_memstream(&dump, &size);
	bool found;

	draw(p);
	canvas_dump(&p->canvas, out);
	fclose(out);
	found = strstr(dump, text);
	free(dump);
	return found;
}

static const struct request *request(const struct play *p, uint32_t i)
{
	return session_get_request(p->s, i);
}

static void go(struct play *p, uint32_t step)
{
	p->app.message[0] = '\0';
	time_jump(&p->app, step);
	draw(p);
}

static void test_open_and_close(void)
{
	static const uint32_t closing[] = { '!', '\r', 'q', KEYCODE_ESC,
					    KEYCODE_CLICK };
	struct play *p = begin(false);
	const uint32_t last = request(p, p->refused)->last_step;
	struct machine before;

	go(p, last);
	CHECK(shows(p, "! what if"));
	CHECK(arena_clone(&before, session_machine(p->s)));
	for (size_t i = 0; i < sizeof(closing) / sizeof(*closing); i++) {
		key(p, '!');
		CHECK(p->app.flips && p->app.nr_flips > 2);
		CHECK(shows(p, "What would let it be served"));
		CHECK(shows(p, p->app.flips[1].kind->name) ||
		      shows(p, "more free"));
		CHECK(shows(p, "Enter close"));
		key(p, closing[i]);
		CHECK(!p->app.flips);
		CHECK_EQ(p->effect, APP_DRAW);
		CHECK_EQ(p->app.player.step, last);
		CHECK(!shows(p, "What would let it be served"));
	}
	CHECK(arena_equal(session_machine(p->s), &before));
	CHECK_EQ(session_step(p->s), last);
	arena_destroy(&before);
	/* another key closes it and does what it does */
	key(p, '!');
	key(p, KEYCODE_LEFT);
	CHECK(!p->app.flips);
	CHECK_EQ(p->app.player.step, last - 1);
	key(p, '!');
	key(p, '?');
	CHECK(p->app.help && !p->app.flips);
	end(p);
}

/* At every step: where a refusal of a refused request is shown. */
static void test_where(void)
{
	struct play *p = begin(false);
	const struct request *r = request(p, p->refused);
	uint32_t nr_offered = 0;

	for (uint32_t step = r->first_step; step <= r->last_step; step++) {
		const bool offered = step == r->last_step ||
				     step_refuses(p->s, step);

		go(p, step);
		CHECK_EQ(shows(p, "! what if"), offered);
		key(p, '!');
		CHECK_EQ(p->app.flips != NULL, offered);
		CHECK_EQ(strstr(p->app.message, "no refused request") == NULL,
			 offered);
		key(p, '!');
		nr_offered += offered;
	}
	CHECK(nr_offered > 3);
	/* a request that is served, though a zone refused it */
	r = request(p, p->refused - 3);
	for (uint32_t step = r->first_step; step <= r->last_step; step++) {
		go(p, step);
		CHECK(!shows(p, "! what if"));
		key(p, '!');
		CHECK(!p->app.flips && p->app.message[0]);
	}
	go(p, 0);
	key(p, '!');
	CHECK(!p->app.flips);
	end(p);
}

/* The question is about the second of two refusals that are alike. */
static void test_question(void)
{
	struct play *p = begin(true);
	const uint32_t earlier = request(p, p->refused - 1)->last_step;
	const struct request *r = request(p, p->refused);

	go(p, earlier);
	CHECK(p->app.asked);
	key(p, '!');
	CHECK(!p->app.flips);
	/* looking back does not help */
	key(p, KEYCODE_LEFT);
	key(p, KEYCODE_RIGHT);
	for (uint32_t step = earlier; step > earlier - 3; step--) {
		go(p, step);
		key(p, '!');
		CHECK(!p->app.flips);
	}
	go(p, earlier);
	CHECK(p->app.asked);
	key(p, 'b');
	key(p, '\r');
	key(p, '\r'); /* completes what plays, then closes the feedback */
	key(p, '\r');
	go(p, r->last_step);
	key(p, '!');
	CHECK(p->app.nr_flips > 2);
	end(p);
}

/* The last word of the last cost, which is not broken over two lines. */
static const char *last_word(const struct play *p)
{
	const char *cost = p->app.flips[p->app.nr_flips - 1].cost;

	return strrchr(cost, ' ') ? strrchr(cost, ' ') : cost;
}

/* On screens of all sizes, scrolled to the end and back. */
static void test_sizes(void)
{
	struct play *p = begin(false);

	for (int width = 1; width <= 130; width += width < 50 ? 3 : 16) {
		for (int height = 1; height <= 50; height += 9) {
			const bool fits = width >= 40 && height >= 10;

			CHECK(canvas_resize(&p->canvas, width, height));
			go(p, request(p, p->refused)->last_step);
			key(p, '!');
			CHECK(p->app.flips);
			CHECK(!fits || shows(p, "│ the min watermark"));
			for (int i = 0; i < 30; i++)
				key(p, KEYCODE_PAGEDOWN);
			CHECK(!fits || shows(p, last_word(p)));
			key(p, KEY_CONTROL('l'));
			CHECK_EQ(p->effect, APP_REDRAW);
			for (int i = 0; i < 30; i++)
				key(p, KEYCODE_PAGEUP);
			CHECK(!fits || shows(p, "│ the min watermark"));
			key(p, KEYCODE_ESC);
		}
	}
	end(p);
}

int main(void)
{
	test_open_and_close();
	test_where();
	test_question();
	test_sizes();
	return test_done();
}
