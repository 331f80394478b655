/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Drawing changes nothing, and no message is lost: all of it is on the screen
 * until a key was read, and the error of a reload until a reload succeeds.
 */
#include "app/app_private.h"
#include "screen_session.h"
#include "test.h"

struct play {
	struct app app;
	struct canvas canvas;
	const char *error; /* of the next reload; NULL: it succeeds */
	struct session *before;
};

static struct session *chinese_session(void)
{
	struct session *s = make_session();

	if (!s)
		exit(EXIT_FAILURE);
	session_note(s, NOTE_SAY,
		     "内存分配器从空闲链表中取出一个十阶的块，每次对半拆开；"
		     "剩下的一半总是放回低一阶的空闲链表（伙伴）。");
	make_requests(s);
	return s;
}

static bool reload(void *context, uint64_t seed, struct app_input *input,
		   struct file_error *error)
{
	struct play *p = context;

	(void)seed;
	if (p->error)
		return error_set(error, "%s", p->error);
	p->before = input->session;
	input->session = chinese_session();
	return true;
}

static void forget(void *context)
{
	struct play *p = context;

	session_free(p->before);
}

/* Copies @text without its white space, which wrapping changes. */
static void squeeze(char *to, const char *text)
{
	for (; *text; text++)
		if (*text != ' ' && *text != '\n')
			*to++ = *text;
	*to = '\0';
}

/* Is all of @text on the screen? */
static bool shows(const struct play *p, const char *text)
{
	char *all = NULL, wanted[MAX_MESSAGE];
	size_t size;
	FILE *out = open_memstream(&all, &size);
	bool found;

	canvas_dump(&p->canvas, out);
	fclose(out);
	squeeze(all, all);
	squeeze(wanted, text);
	found = strstr(all, wanted) != NULL;
	free(all);
	return found;
}

/* Has each wide character both of its halves? */
static bool is_straight(const struct canvas *c)
{
	for (int i = 0; i < c->width * c->height; i++) {
		const bool last = i % c->width == c->width - 1;
		char text[MAX_CELL_BYTES + 1] = "";

		cell_encode(&c->cells[i], text);
		if (c->cells[i].glyph &&
		    (text_width(text) == 2) !=
			    (!last && !c->cells[i + 1].glyph))
			return false;
	}
	return true;
}

/* Draws twice: the same cells, and nothing else has changed. */
static void draw(struct play *p, int width, int height)
{
	const size_t size =
		(size_t)width * (size_t)height * sizeof(struct cell);
	struct cell *cells = malloc(size);
	struct app *app = malloc(sizeof(*app));
	struct view_model *vm = malloc(sizeof(*vm));

	CHECK(cells && app && vm);
	CHECK(canvas_resize(&p->canvas, width, height));
	app_update(&p->app, width, height);
	*app = p->app;
	*vm = *p->app.view_model;
	app_draw(&p->app, &p->canvas);
	memcpy(cells, p->canvas.cells, size);
	CHECK_EQ(p->canvas.nr_lost, 0);
	CHECK(is_straight(&p->canvas));
	canvas_clear(&p->canvas);
	app_draw(&p->app, &p->canvas);
	CHECK(!memcmp(cells, p->canvas.cells, size));
	CHECK(!memcmp(app, &p->app, sizeof(*app)));
	CHECK(!memcmp(vm, p->app.view_model, sizeof(*vm)));
	CHECK_EQ(session_step(p->app.input.session), p->app.player.step);
	free(cells);
	free(app);
	free(vm);
}

static void key(struct play *p, uint32_t k)
{
	app_key(&p->app, k, 0);
	draw(p, 80, 24);
}

static void type(struct play *p, const char *text)
{
	for (; *text; text++)
		key(p, (unsigned char)*text);
}

static void begin(struct play *p, struct app_host *host)
{
	struct app_input input = {
		.title = "all", .path = "all.lua", .message = "", .seed = 1
	};

	*p = (struct play){ .error = NULL };
	*host = (struct app_host){ .context = p,
				   .reload = reload,
				   .forget = forget };
	input.session = chinese_session();
	CHECK(app_init(&p->app, &input, host));
	CHECK(canvas_init(&p->canvas, 80, 24, false));
	p->app.guide.no_questions = true;
}

static void end(struct play *p)
{
	canvas_fini(&p->canvas);
	session_free(p->app.input.session);
	app_fini(&p->app);
}

static void test_error_stays(void)
{
	static const char broken[] =
		"all.lua:3: a long error, of which the first words are as "
		"important as all those after them, and as the last ones: 漢字";
	struct app_host host;
	struct play p;

	begin(&p, &host);
	p.error = broken;
	key(&p, KEYCODE_FILE);
	type(&p, "]] ?q:help\r/x");
	key(&p, KEYCODE_ESC);
	CHECK(shows(&p, broken));
	draw(&p, 60, 14);
	CHECK(shows(&p, broken));
	/* too small for both: the error is over the picture */
	draw(&p, 40, 10);
	CHECK(shows(&p, broken));
	/* the rows of the picture are above it */
	draw(&p, 80, 24);
	CHECK(shows(&p, "? help"));
	p.error = "all.lua:4: another";
	key(&p, KEYCODE_FILE);
	CHECK(shows(&p, p.error));
	CHECK(!shows(&p, broken));
	p.error = NULL;
	key(&p, KEYCODE_FILE);
	CHECK(!shows(&p, "all.lua:4"));
	CHECK(shows(&p, MESSAGE_reloaded));
	end(&p);
}

static void test_messages(void)
{
	struct app_host host;
	struct play p;

	begin(&p, &host);
	app_say(&p.app, "the first");
	app_say(&p.app, "the second");
	app_say(&p.app, "the second");
	key(&p, KEYCODE_FILE);
	CHECK_STR(p.app.message, "the first · the second · file read again");
	CHECK(shows(&p, p.app.message));
	/* only a key that was typed after it was shown removes it */
	p.app.early = true;
	key(&p, ']');
	CHECK(shows(&p, "the second · file read again"));
	key(&p, KEYCODE_RESIZE);
	app_tick(&p.app, 1000);
	CHECK_STR(p.app.message, "the first · the second · file read again");
	p.app.early = false;
	key(&p, ']');
	CHECK_STR(p.app.message, "");
	/* while it plays, too */
	type(&p, " +");
	CHECK(p.app.message[0]);
	CHECK(app_tick(&p.app, 60000) == APP_DRAW);
	draw(&p, 80, 24);
	CHECK(shows(&p, p.app.message));
	/* a long one has the rows it needs, above the line being typed */
	type(&p, ":nonesuch-");
	for (int i = 0; i < 25; i++)
		type(&p, "long-word-");
	key(&p, '\r');
	CHECK(strlen(p.app.message) > 250);
	CHECK(shows(&p, p.app.message));
	CHECK(p.app.prompt == PROMPT_COMMAND);
	end(&p);
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Any keys at any size. */
static void test_random_keys(void)
{
	static const char keys[] =
		"]][[llhjk gGeRxXmMaua/:bnNrsz?o\r\t\033<>pq";
	struct app_host host;
	uint32_t seed = 5;
	struct play p;

	begin(&p, &host);
	p.app.guide.no_questions = false;
	for (int i = 0; i < 3000; i++) {
		const uint32_t r = next_random(&seed);

		p.error = r % 3 ? NULL : "all.lua:2: broken";
		if (r % 200 == 1)
			app_key(&p.app, KEYCODE_FILE, 0);
		else if (r % 7 == 1)
			app_key(&p.app, KEYCODE_RIGHT + r / 7 % 12, 0);
		else
			app_key(&p.app,
				(unsigned char)keys[r / 7 % (sizeof(keys) - 1)],
				(uint64_t)i * 10);
		draw(&p, 60 + (int)(r / 512 % 100), 20 + (int)(r / 512 % 30));
		CHECK(!p.app.message[0] || shows(&p, p.app.message));
		CHECK(!p.app.error[0] || shows(&p, p.app.error));
	}
	end(&p);
}

int main(void)
{
	test_error_stays();
	test_messages();
	test_random_keys();
	return test_done();
}
