/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_export: `zonewalk export` saves screens as files. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "commands/command.h"
#include "commands/lesson_list.h"
#include "commands/source.h"
#include "export/export.h"

enum format {
	FORMAT_html,
	FORMAT_text,
	FORMAT_svg,
	FORMAT_cast,
	NR_FORMATS,
};

const char *const export_formats[NR_FORMATS + 1] = { "html", "text", "svg",
						     "cast" };

/* A page is for a browser, which reads all of it at once. */
static const uint32_t max_screens[NR_FORMATS] = { 2000, 10000, 10000, 10000 };

/* What is exported, and where to. */
struct export
{
	const struct options *o;
	enum format format;
	struct screenshot_options look;
	struct place_range range;
	struct screenshot shot;
	struct places places;
	const char *output;
	bool reveal; /* the answers */
	const struct lesson_list *list; /* with --all-lessons */
};

/* -- the command line ------------------------------------------------------ */

static int parse_format(struct export *e)
{
	const char *format = e->o->all_lessons && !e->o->format ? "html" :
								  e->o->format;
	int i = 0;

	if (!format)
		return cli_usage("export",
				 "--format html, text, svg or cast is "
				 "missing");
	while (i < NR_FORMATS && strcmp(format, export_formats[i]))
		i++;
	e->format = (enum format)i;
	if (i == NR_FORMATS)
		return cli_usage(
			"export",
			"--format: html, text, svg or cast is expected: "
			"\"%s\"",
			format);
	return EXIT_GOOD;
}

/* A folder of images, not one? */
static bool is_series(const struct export *e)
{
	return e->format == FORMAT_svg && e->o->step == STEP_ABSENT;
}

static int parse_range(struct export *e)
{
	const struct options *o = e->o;

	e->range = (struct place_range){ .last = UINT32_MAX,
					 .points = o->points,
					 .unfold = o->steps };
	if (o->steps && !place_range_parse(&e->range, o->steps))
		return cli_usage("export",
				 "--steps: A-B, A- or A is expected: \"%s\"",
				 o->steps);
	if (o->all_lessons && (e->format != FORMAT_html || o->output ||
			       o->steps || o->step != STEP_ABSENT))
		return cli_usage("export",
				 "--all-lessons saves whole pages: it excludes "
				 "-o, --steps, --step and other formats");
	if (!o->nr_arguments == !o->all_lessons)
		return cli_usage("export", "%s",
				 o->nr_arguments ?
					 "--all-lessons takes no FILE" :
					 "FILE is missing");
	if (o->step != STEP_ABSENT && (o->steps || o->points))
		return cli_usage("export", "--step excludes --steps and "
					   "--points");
	if (e->look.width < SCREEN_MIN_WIDTH ||
	    e->look.height < SCREEN_MIN_HEIGHT)
		return cli_usage("export",
				 "--size: at least %dx%d is expected: \"%s\"",
				 SCREEN_MIN_WIDTH, SCREEN_MIN_HEIGHT, o->size);
	if (is_series(e) && !strcmp(e->output, "-"))
		return cli_usage("export",
				 "-o FOLDER is missing: a series of images is "
				 "saved in a folder; --step N exports one");
	return EXIT_GOOD;
}

static int parse(struct export *e)
{
	int code = cli_screenshot_options(e->o, "export", &e->look);

	if (code == EXIT_GOOD)
		code = parse_format(e);
	return code == EXIT_GOOD ? parse_range(e) : code;
}

/* -- writing --------------------------------------------------------------- */

static void write_index(const struct lesson_list *list, FILE *out)
{
	index_begin(out);
	for (uint32_t i = 0; i < list->nr; i++) {
		const struct lesson_file *lesson = &list->lessons[i];

		index_add(&(struct index_entry){ lesson->name, lesson->title,
						 lesson->goal,
						 lesson->minutes },
			  out);
	}
	index_end(out);
}

/* @places NULL: the index of all lessons. */
static bool write_screens(struct export *e, const struct places *places,
			  FILE *out)
{
	struct screenshot *p = &e->shot;

	if (!places) {
		write_index(e->list, out);
		return true;
	}
	switch (e->format) {
	case FORMAT_html:
		return export_page(p, places, e->look.theme, e->reveal, out);
	case FORMAT_text:
		return export_text(p, places, out);
	case FORMAT_cast:
		return export_cast(p, places, e->look.theme, out);
	default:
		return export_svg(p, &places->at[0], e->look.theme, out);
	}
}

static int save(struct export *e, const struct places *places, const char *path)
{
	struct file_error error;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	bool ok = out && write_screens(e, places, out);
	int code = EXIT_GOOD;

	if (out && fclose(out))
		ok = false;
	if (!ok)
		code = cli_no_memory("export");
	else if (!file_write(path, text, size, &error))
		code = cli_fail(EXIT_FILE, "%s", error.text);
	free(text);
	return code;
}

/* @saves: save the images, else look whether they can be. */
static int each_image(struct export *e, bool saves)
{
	int code = EXIT_GOOD;

	for (uint32_t i = 0; code == EXIT_GOOD && i < e->places.nr; i++) {
		const struct places one = { .at = &e->places.at[i], .nr = 1 };
		char *path = cli_path(e->output, text_of("%04u.svg", i + 1).s);

		if (!path)
			return cli_no_memory("export");
		code = saves ? save(e, &one, path) :
			       cli_check_output(path, e->o->force);
		free(path);
	}
	return code;
}

static int save_series(struct export *e)
{
	int code = each_image(e, false);

	if (code != EXIT_GOOD)
		return code;
	if (mkdir(e->output, 0777) && errno != EEXIST)
		return cli_fail(EXIT_FILE, "%s: cannot be created: %s",
				e->output, strerror(errno));
	code = each_image(e, true);
	if (code == EXIT_GOOD)
		printf("saved %u image%s in %s\n", e->places.nr,
		       plural(e->places.nr), e->output);
	return code;
}

/* -- the places ------------------------------------------------------------ */

static int read_places(struct export *e)
{
	const struct options *o = e->o;

	if (o->step != STEP_ABSENT) {
		e->places.at = malloc(sizeof(*e->places.at));
		if (!e->places.at)
			return cli_no_memory("export");
		e->places.at[0] = place_at_step(&e->shot.guide, o->step,
						e->range.answers);
		e->places.at[0].choice = e->look.view.notes.choice;
		e->places.nr = 1;
	} else if (!places_read(&e->places, &e->shot.guide, &e->range)) {
		return cli_no_memory("export");
	}
	if (!e->places.nr)
		return cli_usage("export",
				 "--steps: no such step: \"%s\"; the last one "
				 "is %u",
				 o->steps ? o->steps : "",
				 session_nr_steps(e->shot.session));
	if (e->places.nr > max_screens[e->format])
		return cli_usage("export",
				 "%u screens are too many, at most %u are "
				 "possible; choose some with --steps A-B or "
				 "--points",
				 e->places.nr, max_screens[e->format]);
	return EXIT_GOOD;
}

static int export_source(struct export *e, const struct source *source)
{
	int code = EXIT_LIMIT;

	e->reveal = e->look.answers == ANSWERS_SHOWN ||
		    (e->look.answers == ANSWERS_DEFAULT && !source->is_lesson);
	e->shot = (struct screenshot){ .session = source->session,
				       .title = source->title,
				       .view.scenario = source->text.data };
	/* a page asks, and does not tell */
	e->range.answers = e->reveal && e->format != FORMAT_html;
	if (screenshot_init(&e->shot, &e->look))
		code = read_places(e);
	else
		cli_no_memory("export");
	if (code == EXIT_GOOD && is_series(e))
		code = save_series(e);
	else if (code == EXIT_GOOD)
		code = save(e, &e->places, e->output);
	if (code == EXIT_GOOD && e->shot.canvas.nr_unknown && !e->o->ascii)
		cli_error("export: %s", cli_ascii_note(e->o).s);
	places_destroy(&e->places);
	screenshot_destroy(&e->shot);
	return code;
}

/* Open @path and export it to e->output. */
static int export_file(struct export *e, const char *path)
{
	struct file_error error;
	struct source source;
	int code = source_open(&source, path, e->o->seed, e->o, NULL, &error);

	if (code != EXIT_GOOD)
		return cli_fail(code, "%s", error.text);
	if (source.message[0])
		cli_error("%s", source.message);
	code = export_source(e, &source);
	source_close(&source);
	return code;
}

/* -- all lessons ----------------------------------------------------------- */

/* Page @i of the list, the index after the last: save it, or look whether. */
static int lesson_page(struct export *e, uint32_t i, bool saves)
{
	const struct lesson_list *list = e->list;
	const char *name = i < list->nr ? list->lessons[i].name : "index";
	char *path = cli_path(e->o->all_lessons, text_of("%s.html", name).s);
	int code;

	if (!path)
		return cli_no_memory("export");
	e->output = path;
	code = !saves	    ? cli_check_output(path, e->o->force) :
	       i < list->nr ? export_file(e, list->lessons[i].path) :
			      save(e, NULL, path);
	free(path);
	return code;
}

static int export_lessons(struct export *e, const struct lesson_list *list)
{
	const char *folder = e->o->all_lessons;
	int code = EXIT_GOOD;

	e->list = list;
	for (uint32_t i = 0; code == EXIT_GOOD && i <= list->nr; i++)
		code = lesson_page(e, i, false);
	if (code == EXIT_GOOD && mkdir(folder, 0777) && errno != EEXIST)
		code = cli_fail(EXIT_FILE, "%s: cannot be created: %s", folder,
				strerror(errno));
	for (uint32_t i = 0; code == EXIT_GOOD && i <= list->nr; i++)
		code = lesson_page(e, i, true);
	if (code == EXIT_GOOD)
		printf("saved %u page%s and index.html in %s\n", list->nr,
		       plural(list->nr), folder);
	return code;
}

static int export_all(struct export *e)
{
	char *folder = lessons_folder();
	struct file_error error;
	struct lesson_list list;
	int code;

	if (!folder)
		return cli_fail(EXIT_FILE, LESSONS_MISSING);
	if (lesson_list_open(&list, folder, &error) &&
	    lesson_list_read(&list, &error))
		code = export_lessons(e, &list);
	else
		code = cli_fail(EXIT_FILE, "%s", error.text);
	lesson_list_free(&list);
	free(folder);
	return code;
}

int cmd_export(const struct options *o)
{
	struct export e = { .o = o, .output = o->output ? o->output : "-" };
	int code = parse(&e);

	if (code == EXIT_GOOD && o->all_lessons)
		return export_all(&e);
	if (code == EXIT_GOOD && !is_series(&e))
		code = cli_check_output(e.output, o->force);
	return code == EXIT_GOOD ? export_file(&e, o->arguments[0]) : code;
}
