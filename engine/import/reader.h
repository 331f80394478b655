/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reader: what the files of report_read share while they read a text.
 *
 * line_kind.c classifies lines; reader.c joins those that were wrapped; the
 * function of a line's kind (line_kinds.def) reads it into the current report;
 * report_check.c completes a report.
 */
#ifndef ENGINE_IMPORT_READER_H
#define ENGINE_IMPORT_READER_H

#include "lines/lines.h"
#include "import/report_read.h"

/* How a line begins that continues another: a bit each. */
enum {
	MORE_PAIR = 1 << 0, /* "low:212kB", "all_unreclaimable? no" */
	MORE_COUNT = 1 << 1, /* "13*8kB" */
	MORE_LETTERS = 1 << 2, /* "(UM)", also "(null)" */
	MORE_TOTAL = 1 << 3, /* "= 1452kB" "1452kB" */
	MORE_NUMBERS = 1 << 4, /* "0 116 116" */
	MORE_REQUEST = 1 << 5, /* "nodemask=(null)" "order:0" */
	MORE_RELEASE = 1 << 6, /* "tainted 4.9.0" */
	MORE_CPU = 1 << 7, /* "btch: 31" */
};

enum line_kind {
#define KIND(name, read, more) LINE_##name,
#include "import/line_kinds.def"
#undef KIND
	NR_LINE_KINDS
};

/* A line with those that continue it. */
struct joined {
	enum line_kind kind;
	uint32_t line;
	size_t length;
	char data[LINE_SIZE_MAX];
};

/* A short line that the next one may continue. */
struct waiting {
	uint32_t line;
	size_t length; /* 0: none */
	char data[64];
};

/* What the lines of a report's zone have shown, beside their numbers. */
struct zone_seen {
	uint8_t nr_lists; /* orders in its list */
	uint32_t types; /* rows of pagetypeinfo, REPORT_TYPE_BIT()s */
};

struct reader {
	const char *name; /* of the file */
	const char *zoneinfo_name; /* of the file with the watermarks */
	struct report_set *set;
	struct lines lines;
	struct joined open; /* LINE_OTHER: none */
	struct joined both; /* a line behind one that waited */
	struct waiting node, previous; /* "Node 0"; another short line */
	bool no_memory;

	/* the current report; set->nr is 0: none */
	bool is_proc;
	bool has_mem_info;
	uint32_t nr_read; /* lines of reports in this file */
	uint32_t nr_set_zones; /* in all reports */
	uint32_t zone; /* index of the last one named */
	uint32_t cpu; /* of zoneinfo's "cpu:" */
	struct zone_seen seen[MAX_NUMNODES][MAX_NR_ZONES];
	struct release booted; /* of the last line that has one */

	/* tables of pagetypeinfo */
	bool in_mixed; /* "Number of mixed blocks" */
	uint32_t nr_columns;
	int columns[MIGRATE_TYPES + 2]; /* migratetypes; -1: another */
};

/* "Node 0 DMA" at the beginning of a line. */
struct zone_id {
	bool has_node;
	uint32_t nid;
	bool is_proc; /* "Node 0, zone DMA" */
	int type; /* enum zone_type; -1: none of these */
	struct span name;
};

/* -- line_kind.c -- */

/* Take "Node N ZONE". False: the line does not begin so. */
bool zone_id_take(struct span *s, struct zone_id *id);
/* The kind of a line behind one of kind @before; zoneinfo has words alone. */
enum line_kind line_classify(struct span text, enum line_kind before);
/* The same of a line that begins with a zone or a node. */
enum line_kind line_classify_zone(struct span text);
/* What the line may continue: MORE_ bits. */
uint32_t line_more(struct span text);

/* -- reader.c -- */

/* Read a text; what it has open at its end is closed. */
void reader_text(struct reader *rd, const char *name, const char *text,
		 size_t size);

/* -- reader_report.c -- */

/* The current report, NULL before the first one. */
struct report *reader_report(struct reader *rd);
/* Begin the next report. NULL: without memory, or there are too many. */
struct report *reader_begin(struct reader *rd, bool is_proc);
/* The report for a line of a log, or of /proc: the current one, or a new. */
struct report *reader_need(struct reader *rd, bool is_proc);
/* Complete the current report. */
void reader_end(struct reader *rd);
/* The current report cannot be used: @line is wrong. Always false. */
__attribute__((format(printf, 3, 4))) bool
reader_refuse(struct reader *rd, uint32_t line, const char *format, ...);
/*
 * The zone of the current report, found or added; it is the last one named.
 * NULL: the report is refused, or without memory.
 */
struct report_zone *reader_zone(struct reader *rd, uint32_t line,
				const struct zone_id *id);
struct zone_seen *reader_seen(struct reader *rd,
			      const struct report_zone *zone);
/* Give the zone a number. False: it has wrapped, and the report is refused. */
bool reader_number(struct reader *rd, uint32_t line, struct report_zone *zone,
		   enum report_number number, struct amount amount);
extern const char *const report_number_names[NR_REPORT_NUMBERS];

/* -- report_units.c -- */

/*
 * Convert the numbers of a log to pages. False: one is not whole pages, and
 * the report is refused.
 */
bool report_convert(struct reader *rd, struct report *r);

/* -- report_check.c -- */

/*
 * Convert the numbers of a log to pages, check them against each other, add
 * warnings, sort the zones. The report is refused where they are impossible.
 */
void report_complete(struct reader *rd, struct report *r);

/* The functions of the kinds of line. */
#define KIND(name, read, more)                                                 \
	void read(struct reader *rd, struct span text, uint32_t line);
#include "import/line_kinds.def"
#undef KIND

#endif
