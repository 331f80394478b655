/* SPDX-License-Identifier: GPL-2.0-or-later */
/* file: what is wrong with a file that is read. */
#ifndef ENGINE_JSON_FILE_H
#define ENGINE_JSON_FILE_H

/* "FILE:LINE: what is wrong: the value; what to do". */
struct file_error {
	char text[512];
};

#endif
