/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_read: the reports in a text.
 *
 *	struct report_set set;
 *	struct file_error error;
 *
 *	if (!report_read_files(names, nr, &set, &error))
 *		return fail(error.text);
 *	use(&set.reports[set.taken]);
 *	report_set_destroy(&set);
 *
 * The text is a kernel's log, as a file, a mail or a web page has it, or
 * /proc/zoneinfo, buddyinfo and pagetypeinfo in any combination. Lines that
 * belong to no report are skipped.
 */
#ifndef ENGINE_REPORT_READ_H
#define ENGINE_REPORT_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "import/report.h"
#include "json/file.h"

/* Reports of one text beyond these are not read, which a warning says. */
enum { REPORT_MAX_REPORTS = 10000, REPORT_MAX_ZONES = 65536 };

struct report_set {
	uint32_t nr;
	struct report *reports; /* in the order of the text */
	uint32_t taken; /* index of the first that is not refused */
};

/*
 * All reports of a text. False: nothing in it is a report, or every one is
 * refused; @error is set ("NAME:LINE: what is wrong: the value; what to do")
 * and @set is empty. A report that is refused while another is not stays in
 * the set, without zones and with its error in refused[].
 */
bool report_read_text(const char *name, const char *text, size_t size,
		      struct report_set *set, struct file_error *error);

/*
 * The same of files together: one kernel log, or files of /proc of one moment,
 * which are joined into one report. "-" is standard input.
 */
bool report_read_files(char *const *names, size_t nr, struct report_set *set,
		       struct file_error *error);

/*
 * Take report @number, from 1, of the file @name instead. False: there is
 * none, or it is refused; @error is set.
 */
bool report_set_take(struct report_set *set, const char *name, uint32_t number,
		     struct file_error *error);

void report_set_destroy(struct report_set *set);

#endif
