/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The same report with other prefixes, quoted, wrapped and between other
 * lines says the same.
 */
#include "lines/lines.h"
#include "report_same.h"

static const char *const files[] = {
	"d1-atomic-only-highatomic-left.txt",
	"d2-order0-atomic-three-zones.txt",
	"d3-arm32-order1-cma-highmem.txt",
	"d4-arm64-order4-boosted.txt",
	"oom-two-nodes-5.4.txt",
	"per-cpu-lists-3.18.txt",
	"64k-pages-6.12.txt",
};

enum { NR_FILES = sizeof(files) / sizeof(*files) };

/* A line's prefix, and that of the lines into which it is wrapped. */
static const struct {
	const char *first, *next;
} prefixes[] = {
	{ "", "" },
	{ "    ", "" },
	{ "\t", "\t" },
	{ "[   12.345678] ", "" },
	{ "[   12.345678] ", "[   12.345678] " },
	{ "[12345.678901] ", "  " },
	{ "[   12.345678][   T60] ", "" },
	{ "[   12.345678][    C0] ", "[   12.345678][    C0] " },
	{ "[   T60] ", "" },
	{ "<4>", "" },
	{ "<4>[   12.345678] ", "" },
	{ "<12>Feb 19 08:09:39 host kernel: [   12.345678] ", "" },
	{ "kern  :warn  : [   12.345678] ", "" },
	{ "kern  :info  : [   12.345678][   T60] ", "" },
	{ "kern  :warn  : [Fri Feb  9 08:09:39 2024] ", "" },
	{ "[Fri Feb  9 08:09:39 2024] ", "" },
	{ "Feb  9 08:09:39 host kernel: ", "" },
	{ "Feb  9 08:09:39 host kernel: ", "Feb  9 08:09:39 host kernel: " },
	{ "Feb 19 08:09:39 host kernel: [   12.345678] ", "    " },
	{ "Feb 19 08:09:39 host kern.warn kernel: [   12.345678] ", "" },
	{ "Feb 19 08:09:39 kernel: ", "" },
	{ "2024-02-09T08:09:39.123456+01:00 host kernel: ", "" },
	{ "2024-02-09T08:09:39Z host kernel: [   12.345678] ", "" },
	{ "2024-02-09 08:09:39 host kernel: ", "" },
	{ "2024-02-09T08:09:39,123456+01:00 ", "" },
	{ "kernel: ", "" },
	{ "4,1234,567890,-;", "" },
	{ "4,1234,567890,-,caller=T60;", " " },
	{ "Dec 27 09:19:05 2013 kernel: : [   12.345678] ", "" },
	{ "[2-3219.1870] ", "" },
	{ "** 12 printk messages dropped ** [   12.345678] ", "" },
	{ "> ", "> " },
	{ "> ", "" },
	{ ">", ">" },
	{ "> > ", "> > " },
	{ ">> [   12.345678] ", ">> " },
	{ "| ", "| " },
	{ "> | [   12.345678][   T60] ", "> | " },
	{ "\xef\xbb\xbf", "" },
	{ "\xc2\xa0\xc2\xa0", "\xc2\xa0" },
	{ "\033[32m[   12.345678] \033[0m", "" },
	{ "\033[32m[   12.345678] \033[0;33m", "\033[1m" },
};

enum { NR_PREFIXES = sizeof(prefixes) / sizeof(*prefixes) };

/* The file's text without prefixes. */
static struct text clean(const char *file)
{
	static struct lines lines;
	struct text t = { .data = NULL };
	char *text = report_file(file);
	struct span span;
	uint32_t line;

	lines_init(&lines, text, strlen(text));
	while (lines_next(&lines, &span, &line)) {
		text_add(&t, span.at, span_size(span));
		text_string(&t, "\n");
	}
	free(text);
	return t;
}

/*
 * @text with prefixes; lines longer than @width are wrapped at a blank, or
 * behind the last word if one is longer. 0: not wrapped.
 */
static struct text layout(const char *text, size_t i, size_t width,
			  const char *newline)
{
	struct text t = { .data = NULL };
	size_t column = 0;

	text_string(&t, prefixes[i].first);
	for (; *text; text++) {
		const size_t word = strcspn(text + 1, " \n");

		if (*text == '\n') {
			text_string(&t, newline);
			if (text[1])
				text_string(&t, prefixes[i].first);
			column = 0;
		} else if (*text == ' ' && width && column + word > width) {
			text_string(&t, newline);
			text_string(&t, prefixes[i].next);
			column = 0;
		} else {
			text_add(&t, text, 1);
			column++;
		}
	}
	return t;
}

static void check_layouts(const char *file, const struct text *plain,
			  const struct report *expected)
{
	static const size_t widths[] = { 0, 80, 76, 72, 60, 40 };
	static const char *const newlines[] = { "\n", "\r\n", " \n" };
	char how[256];

	for (size_t i = 0; i < NR_PREFIXES; i++)
		for (size_t k = 0; k < 6; k++)
			for (size_t n = 0; n < 3; n++) {
				struct text t = layout(plain->data, i,
						       widths[k], newlines[n]);

				snprintf(how, sizeof(how),
					 "%s: \"%s\" \"%s\", width %zu", file,
					 prefixes[i].first, prefixes[i].next,
					 widths[k]);
				CHECK(says_the_same(t.data, t.size, expected,
						    how));
				text_free(&t);
			}
}

/* A line break at any blank, one at a time, also behind a prefix. */
static void check_every_blank(const char *file, const struct text *plain,
			      const struct report *expected)
{
	char how[256];

	for (size_t i = 0; i < plain->size; i++) {
		if (plain->data[i] != ' ')
			continue;
		plain->data[i] = '\n';
		snprintf(how, sizeof(how), "%s: broken before \"%.20s\"", file,
			 plain->data + i + 1);
		CHECK(says_the_same(plain->data, plain->size, expected, how));
		plain->data[i] = ' ';
	}
}

/* Words that have a rest of their own: where a terminal may break a line. */
static bool is_breakable(const char *line, const char *at)
{
	const char *word = at;

	while (word > line && word[-1] != ' ')
		word--;
	if (at == word || *at == ' ' || *at == '\0')
		return false;
	if (strstr(line, "kB = "))
		return strchr("0123456789(", *word) &&
		       word > strchr(line, ':') + 2;
	return strstr(line, " free:") && strstr(line, " free:") + 1 < word &&
	       strchr(word, ':') &&
	       !strncmp(word + strcspn(word, "k "), "kB", 2);
}

/* A line break inside a word of a zone or a list, as terminals make them. */
static void check_every_word(const char *file, const struct text *plain,
			     const struct report *expected)
{
	size_t line = 0;
	unsigned long nr = 0;
	char how[256];

	for (size_t i = 0; i < plain->size; i++) {
		const char *at = plain->data + i;
		char *copy = strndup(plain->data + line,
				     strcspn(plain->data + line, "\n"));

		if (copy && *at != '\n' &&
		    is_breakable(copy, copy + (i - line))) {
			struct text t = { .data = NULL };

			text_add(&t, plain->data, i);
			text_string(&t, "\n");
			text_string(&t, at);
			snprintf(how, sizeof(how),
				 "%s: broken before \"%.20s\"", file, at);
			CHECK(says_the_same(t.data, t.size, expected, how));
			text_free(&t);
			nr++;
		}
		free(copy);
		if (*at == '\n')
			line = i + 1;
	}
	CHECK(nr > 300);
}

/* Lines joined by what syslog or a program writes for a newline. */
static void check_escapes(const char *file, const struct text *plain,
			  const struct report *expected)
{
	static const char *const newlines[] = { "#012", "\\x0a", "#012 " };

	for (size_t i = 0; i < 3; i++) {
		struct text t = layout(plain->data, 0, 0, newlines[i]);

		CHECK(says_the_same(t.data, t.size, expected, file));
		text_free(&t);
	}
}

/* The body of a mail: "=3D", and lines of @width bytes that end in "=". */
static struct text quoted_printable(const char *text, size_t width)
{
	struct text t = { .data = NULL };
	size_t column = 0;

	for (; *text; text++) {
		const bool quoted = *text == '=' ||
				    (*text == ' ' && text[1] == '\n');

		if (*text != '\n' && column + (quoted ? 3 : 1) >= width) {
			text_string(&t, "=\n");
			column = 0;
		}
		if (quoted)
			text_string(&t, *text == '=' ? "=3D" : "=20");
		else
			text_add(&t, text, 1);
		column = *text == '\n' ? 0 : column + (quoted ? 3 : 1);
	}
	return t;
}

static void check_mail(const char *file, const struct text *plain,
		       const struct report *expected)
{
	char how[256];

	for (size_t width = 40; width <= 80; width++)
		for (size_t i = 0; i < NR_PREFIXES; i += 13) {
			struct text body = layout(plain->data, i, 0, "\n");
			struct text t = quoted_printable(body.data, width);

			snprintf(how, sizeof(how), "%s: mail of width %zu",
				 file, width);
			CHECK(says_the_same(t.data, t.size, expected, how));
			text_free(&body);
			text_free(&t);
		}
}

/* Other lines of a log between any two lines, also of a wrapped line. */
static void check_between(const char *file, const struct text *plain,
			  const struct report *expected)
{
	static const char *const others[] = {
		"\n[   12.345678] usb 1-1: new high-speed USB device\n",
		"\n[   12.345678]  [<c009bf44>] (warn_alloc) from [<c009e194>]\n",
		"\n[   12.345678]  ? iotlb_add+0x10/0x20 [dmar]\n",
		"\nHardware name: Example, BIOS 1.11.2-0 04/01/2014\n",
		"\n[   12.345678] RAX: ffffffffffffffda RBX: 0000000000000003\n",
		"\n[   12.345678] r10:ee0d4000 r9:00000000 r8:c0b09080\n",
		"\n[   12.345678] eth0: link up, 1000 Mb/s\n",
		"\n\n",
		"\nThis is what I see in the log, any idea?\n",
	};
	static const size_t widths[] = { 0, 72 };
	char how[256];

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		for (size_t k = 0; k < 2; k++) {
			struct text t =
				layout(plain->data, 3, widths[k], others[i]);

			snprintf(how, sizeof(how), "%s: between%s", file,
				 others[i]);
			CHECK(says_the_same(t.data, t.size, expected, how));
			text_free(&t);
		}
}

int main(void)
{
	for (size_t i = 0; i < NR_FILES; i++) {
		struct text plain = clean(files[i]);
		struct report_set set;

		if (!read_report(plain.data, plain.size, &set))
			continue;
		check_layouts(files[i], &plain, set.reports);
		check_every_blank(files[i], &plain, set.reports);
		check_every_word(files[i], &plain, set.reports);
		check_escapes(files[i], &plain, set.reports);
		check_mail(files[i], &plain, set.reports);
		check_between(files[i], &plain, set.reports);
		report_set_destroy(&set);
		text_free(&plain);
	}
	return test_done();
}
