/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "import/report_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/reader.h"

/* Every file of the texts that are joined. */
struct input {
	const char *name;
	struct file_text text;
};

__attribute__((format(printf, 3, 4))) static bool
fail(struct file_error *error, const char *name, const char *format, ...)
{
	va_list args;
	int n;

	n = snprintf(error->text, sizeof(error->text), "%.300s: ", name);
	va_start(args, format);
	vsnprintf(error->text + n, sizeof(error->text) - (size_t)n, format,
		  args);
	va_end(args);
	file_clean(error->text);
	return false;
}

/* Which error is the cause? A head without zones is common, and says less. */
static const char *first_refusal(const struct report_set *set)
{
	for (uint32_t i = 0; i < set->nr; i++)
		if (!strstr(set->reports[i].refused, "no zone lines"))
			return set->reports[i].refused;
	return set->reports[0].refused;
}

/* Take the first report that is not refused. */
static bool take_first(struct report_set *set, const char *name,
		       struct file_error *error)
{
	if (!set->nr)
		return fail(error, name,
			    "no report is in it; give a kernel log with the "
			    "lines after Mem-Info:, or /proc/zoneinfo and "
			    "/proc/buddyinfo");
	while (set->taken < set->nr && set->reports[set->taken].refused)
		set->taken++;
	if (set->taken < set->nr) {
		if (set->taken)
			report_warn(&set->reports[set->taken],
				    "report 1 is refused: %s",
				    set->reports->refused);
		return true;
	}
	snprintf(error->text, sizeof(error->text), "%s", first_refusal(set));
	return false;
}

/* Read @input after those before it. False: nothing in it is a report. */
static bool read_input(struct reader *rd, const struct input *input, size_t nr,
		       struct file_error *error)
{
	reader_text(rd, input->name, input->text.data, input->text.size);
	if (rd->no_memory)
		return fail(error, input->name, "out of memory");
	if (nr == 1)
		return true;
	if (!rd->nr_read)
		return fail(error, input->name,
			    "no report is in it; give /proc/zoneinfo, "
			    "buddyinfo and pagetypeinfo");
	if (rd->set->nr && !rd->is_proc)
		return fail(error, input->name,
			    "a kernel log is a report of its own; give it "
			    "without other files");
	if (rd->set->nr > 1)
		return fail(error, input->name,
			    "it is of another moment than the files before; "
			    "give each file of /proc once");
	return true;
}

static bool read_inputs(const struct input *inputs, size_t nr,
			struct report_set *set, struct file_error *error)
{
	struct reader *rd = calloc(1, sizeof(*rd));
	bool ok = rd != NULL;

	*set = (struct report_set){ .nr = 0 };
	if (!rd)
		return fail(error, inputs->name, "out of memory");
	rd->set = set;
	for (size_t i = 0; ok && i < nr; i++)
		ok = read_input(rd, &inputs[i], nr, error);
	if (ok) {
		reader_end(rd);
		ok = !rd->no_memory ||
		     fail(error, inputs->name, "out of memory");
	}
	free(rd);
	ok = ok && take_first(set, inputs->name, error);
	if (!ok)
		report_set_destroy(set);
	return ok;
}

bool report_read_text(const char *name, const char *text, size_t size,
		      struct report_set *set, struct file_error *error)
{
	const struct input input = {
		.name = name,
		.text = { .data = (char *)(uintptr_t)text, .size = size },
	};

	return read_inputs(&input, 1, set, error);
}

bool report_read_files(char *const *names, size_t nr, struct report_set *set,
		       struct file_error *error)
{
	struct input *inputs = calloc(nr ? nr : 1, sizeof(*inputs));
	bool ok = inputs != NULL && nr;
	size_t i;

	*set = (struct report_set){ .nr = 0 };
	if (!ok)
		fail(error, "report", "no file to read");
	for (i = 0; ok && i < nr; i++) {
		inputs[i].name = strcmp(names[i], "-") ? names[i] :
							 "standard input";
		ok = file_read(&inputs[i].text, names[i], FILE_READ_MAX, error);
	}
	ok = ok && read_inputs(inputs, nr, set, error);
	for (i = 0; inputs && i < nr; i++)
		free(inputs[i].text.data);
	free(inputs);
	return ok;
}

bool report_set_take(struct report_set *set, const char *name, uint32_t number,
		     struct file_error *error)
{
	const struct report *r;

	if (!number || number > set->nr) {
		snprintf(error->text, sizeof(error->text),
			 "%.200s: it has %u report%s, but no report %u; choose "
			 "one of them",
			 name, set->nr, set->nr == 1 ? "" : "s", number);
		return false;
	}
	r = &set->reports[number - 1];
	if (r->refused) {
		snprintf(error->text, sizeof(error->text), "%s", r->refused);
		return false;
	}
	set->taken = number - 1;
	return true;
}

void report_set_destroy(struct report_set *set)
{
	for (uint32_t i = 0; i < set->nr; i++)
		report_destroy(&set->reports[i]);
	free(set->reports);
	*set = (struct report_set){ .nr = 0 };
}
