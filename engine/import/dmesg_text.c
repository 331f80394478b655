/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dmesg: the kernel's release, and the counters of the whole machine. */
#include "import/reader.h"

#include <stdlib.h>
#include <string.h>

/* "4.9.0-0.rc8"; false if it is no release. */
static bool set_release(struct release *release, struct span word)
{
	struct release new = { .major = 0 };
	struct span rest = word;

	if (!span_below(&rest, 1000, &new.major) || !new.major ||
	    !span_take(&rest, ".") || !span_below(&rest, 1000, &new.minor))
		return false;
	if (span_take(&rest, "."))
		span_below(&rest, 100000, &new.patch);
	if (!span_copy(word, new.text, sizeof(new.text)))
		return false;
	*release = new;
	return true;
}

/* Behind the last "Not tainted" or "Tainted: ...": a task has any name. */
void read_release(struct reader *rd, struct span text, uint32_t line)
{
	struct report *r = reader_report(rd);
	const char *at = NULL;
	struct span rest = text;

	if (!r || rd->is_proc || r->release.major)
		return;
	while ((rest.at = span_find(rest, "ainted")))
		at = rest.at++;
	if (!at)
		return;
	rest = (struct span){ at, text.end };
	span_word(&rest);
	while (rest.at < rest.end)
		if (set_release(&r->release, span_word(&rest)))
			return;
}

/* "Linux version 4.9.0 (...)" of the boot, for reports without a CPU: line. */
void read_version(struct reader *rd, struct span text, uint32_t line)
{
	span_take(&text, "Linux version ");
	set_release(&rd->booted, span_word(&text));
}

/* A second one begins the next report, unless the report has just begun. */
void read_mem_info(struct reader *rd, struct span text, uint32_t line)
{
	struct report *r = reader_report(rd);

	if (!r || rd->is_proc || r->nr_zones || r->has_totals)
		r = reader_begin(rd, false);
	if (r && !r->request.line)
		r->request.line = line;
	rd->has_mem_info = true;
}

/* A counter of the machine. False: it is not there. */
static bool total(struct reader *rd, uint32_t line, struct span text,
		  const char *key, uint64_t *value)
{
	struct amount amount;

	if (!span_field(text, key, &text) || !span_amount(&text, &amount))
		return false;
	if (amount.wrapped || amount.value >> 52)
		return reader_refuse(rd, line,
				     "%s%.*s has wrapped below 0; use another "
				     "report",
				     key, span_width(amount.text),
				     amount.text.at);
	*value = amount.value;
	return true;
}

void read_totals(struct reader *rd, struct span text, uint32_t line)
{
	struct report *r = reader_need(rd, false);

	if (!r || r->has_totals)
		return;
	r->has_totals = total(rd, line, text, "free:", &r->total_free);
	total(rd, line, text, "free_pcp:", &r->total_free_pcp);
	total(rd, line, text, "free_cma:", &r->total_free_cma);
	if (!r->has_totals && !r->refused)
		report_warn(r,
			    "line %u: the counters of the machine are cut "
			    "short before free",
			    line);
}

void read_cma_reserved(struct reader *rd, struct span text, uint32_t line)
{
	struct report *r = reader_report(rd);
	struct amount amount;

	if (!r || rd->is_proc || !span_amount(&text, &amount) || amount.wrapped)
		return;
	r->has_cma_reserved = true;
	r->cma_reserved = amount.value;
}
