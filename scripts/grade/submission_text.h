/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * submission_text: the text of a submission, read once.
 *
 * The class folder and what is above it belong to the teacher; what is below
 * may be exchanged by students at any time, during grading too. So the file
 * is opened once, through no link, and read once: that text is hashed and
 * run, for each seed. Its folder stays open for the data files in it.
 */
#ifndef SCRIPTS_GRADE_SUBMISSION_TEXT_H
#define SCRIPTS_GRADE_SUBMISSION_TEXT_H

#include "json/file.h"

struct submission_text {
	struct file_text text;
	int folder_fd;
	char folder[32]; /* its path, as long as it is open */
};

/*
 * Read the submission at @path. The class folder is that which holds the file
 * or folder named @id. False: @message says why, and there is nothing to
 * destroy.
 */
bool submission_text_read(struct submission_text *s, const char *path,
			  const char *id, char *message, size_t size);
void submission_text_destroy(struct submission_text *s);

#endif
