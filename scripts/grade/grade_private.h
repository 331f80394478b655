/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grade_parts: what the files behind grade.h share.
 *
 *   grade         the report, from the command line's names to the end
 *   grade_one     one submission, all its runs
 *   grade_answers what it answers with captions
 *   grade_blank   a submission of which nothing is known, and its texts
 *   grade_pool    worker processes: a submission that brings one down
 *                 costs nobody else anything
 *   grade_wire    a graded submission as bytes, from worker to master
 *   grade_report  words, points, hiding
 *   grade_class   statistics, groups, CSV
 *   grade_text    the report as text
 *   grade_view    one submission kept open, for the screen
 *   grade_sheet   what a student fills in
 *   grade_hash    SHA-256 and the chain over events
 */
#ifndef SCRIPTS_GRADE_PARTS_H
#define SCRIPTS_GRADE_PARTS_H

#include "grade/assignment.h"

/* What all submissions of a report have in common. */
struct grader {
	const struct grade_options *options;
	struct assignment_file file;
	struct assignment *proto; /* run once, for what it says of itself */
	uint32_t nr_properties;
	struct grade_property *properties; /* the report's */
	centipoints_t max;
};

/* -- grade_answers -------------------------------------------------------- */

struct answers {
	struct grade_answer *list;
	uint32_t nr;
	bool no_memory;
};

/* For scenario_options.on_note; @context is a struct answers. */
void answers_hear(void *context, const struct session *s,
		  const struct note *note);
void answers_fini(struct answers *a);

/* -- grade_one ------------------------------------------------------------ */

/* What a run leaves behind when it is to be looked at. */
struct grade_kept {
	struct scenario *scenario;
	struct assignment *assignment;
};

/*
 * Grade the submission at @path, whose student is @id. False: no memory.
 * With @kept the run of @keep_run stays open there.
 */
bool grade_one(const struct grader *g, const char *path, const char *id,
	       struct grade_submission *out, uint32_t keep_run,
	       struct grade_kept *kept);
void grade_kept_fini(struct grade_kept *kept);

/* -- grade_blank ---------------------------------------------------------- */

/*
 * A submission that could not be graded: all its properties not run.
 * False: no memory.
 */
bool grade_blank(const struct grader *g, const char *path, const char *id,
		 enum grade_outcome outcome, const char *message,
		 struct grade_submission *out);
/* @results are zeroed: all not run, with empty texts. */
bool grade_results_init(const struct grader *g, struct grade_result *results);
void grade_results_fini(struct grade_result *results, uint32_t nr);
/* Another text at @place; false: no memory, the old one stays. */
bool grade_replace(char **place, const char *text);
/* What of a result a student may read; false: no memory. */
bool grade_set_message(struct grade_result *r, enum grade_feedback feedback);
/* "zonewalk play 'PATH' --grade 'ASSIGNMENT'" and --property, free()able. */
char *grade_command(const struct grader *g, const char *path,
		    const char *property);

/* -- grade_wire ----------------------------------------------------------- */

/* Growing bytes. */
struct packet {
	char *bytes;
	size_t size;
	size_t room;
	size_t at; /* reading */
	bool bad; /* no memory, or too short */
};

void grade_pack(struct packet *w, const struct grade_submission *s);
/* False: the bytes are broken; @s is empty then. */
bool grade_unpack(struct packet *w, struct grade_submission *s);

/* -- grade_pool ----------------------------------------------------------- */

/*
 * Grade submissions[i] with ids[i] into @out, all of them, in
 * @g->options->nr_jobs processes. False: @message.
 */
bool grade_pool(const struct grader *g, const char *const *paths,
		char *const *ids, uint32_t nr, struct grade_submission *out,
		char *message, size_t size);

/* -- grade ---------------------------------------------------------------- */

/* Read the assignment and what it says. */
enum grade_end grader_open(struct grader *g,
			   const struct grade_options *options,
			   struct grade_report *report, char *message,
			   size_t size);
void grader_close(struct grader *g);
/* The id of the submission at @path, free()able; NULL: no memory. */
char *grade_id(const char *path);

#endif
