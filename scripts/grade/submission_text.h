/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * submission_text: the file of a submission, found, named and read once.
 *
 * The class folder and what is above it belong to the teacher; what is below
 * may be exchanged by students at any time, during grading too. So the file
 * is opened once, through no link, and read once: that text is hashed and
 * run, for each seed. Its folder stays open for the data files in it.
 */
#ifndef SCRIPTS_GRADE_SUBMISSION_TEXT_H
#define SCRIPTS_GRADE_SUBMISSION_TEXT_H

#include "json/file.h"

/* The folder that macOS adds to an archive. */
#define SUBMISSION_NONE "__MACOSX"

/* The id of the student at @path, for the caller to free(); NULL: no memory. */
char *submission_id(const char *path);
/*
 * The file to grade, for the caller to free(): of a folder, the one Lua file
 * in it, or else in the folders below, the nearest first. It is @path itself
 * if that is no folder, or has no such file or several. NULL: no memory.
 */
char *submission_path(const char *path);
/* What is wrong with the folder @path, with the files that are in it. */
void submission_folder_error(const char *path, char *buf, size_t size);

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
