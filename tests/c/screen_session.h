/* SPDX-License-Identifier: GPL-2.0-or-later */
/* screen_session: a session that shows every panel, for tests of the screen. */
#ifndef TESTS_SCREEN_SESSION_H
#define TESTS_SCREEN_SESSION_H

#include <stdio.h>
#include <stdlib.h>

#include "state/arena.h"
#include "boot/boot.h"
#include "requests.h"

static inline struct session *make_session(void)
{
	struct machine_description *d = machine_description_new();
	struct machine m = { .region = NULL };
	char message[256] = "";
	struct session *s;

	if (!d)
		return NULL;
	d->nr_nodes = 2;
	d->nr_cpus = 2;
	for (int i = 0; i < 2; i++) {
		d->node[i].start_pfn = PFN_NONE;
		d->node[i].nr_pages = 4096;
	}
	d->node[1].cma[0] = (struct page_range){ PFN_NONE, 1024 };
	d->node[1].nr_cma = 1;
	if (machine_boot(&m, d, message, sizeof(message)) != BOOT_OK) {
		fprintf(stderr, "%s\n", message);
		return NULL;
	}
	free(d);
	s = session_new(&m, true);
	return s;
}

/* The members of a note with these parts, zeros between them. */
#define NOTE_PARTS(id, parts)                                                  \
	.kind = NOTE_##id, .text = (parts), .size = sizeof(parts)

/* Requests that show every panel; each allocated block is freed again. */
static inline void make_requests(struct session *s)
{
	static const gfp_t masks[] = { GFP_HIGHUSER_MOVABLE, GFP_KERNEL,
				       GFP_KERNEL | __GFP_RECLAIMABLE,
				       GFP_KERNEL | __GFP_WRITE };
	uint32_t pfns[400], orders[400], nr = 0;

	session_note(s, NOTE_SAY, "Every picture once, and some often.");
	session_add_note(
		s, &(struct note){ NOTE_PARTS(
			   ASK, "How many blocks return to the free lists?\0"
				"choice\0one\0seven, and the lower half "
				"of each is kept, as every student of this "
				"path will soon see for himself\0none") });
	for (uint32_t i = 0; i < 400; i++) {
		const struct alloc_request r = { .gfp = masks[i % 4],
						 .order = i % 7 ? i % 5 : 9,
						 .nid = i % 2,
						 .cpu = i % 2 };
		const struct request *done = make_alloc(s, &r, NULL, "block");

		if (done && done->pfn != PFN_NONE) {
			pfns[nr] = done->pfn;
			orders[nr++] = r.order;
		}
	}
	session_add_note(s, &(struct note){ NOTE_PARTS(
				    ANSWER, "b\0One for each order.\0") });
	session_add_note(s, &(struct note){ NOTE_PARTS(
				    ASK, "And how many pages now?\0number") });
	for (uint32_t i = 0; i < nr; i++)
		make_free(s, i % 2, pfns[i], orders[i]);
	session_add_note(s, &(struct note){ NOTE_PARTS(
				    ANSWER, "16384\0\0\0"
					    "0\0They were freed again.") });
	MAKE(s, DRAIN, .drain.cpu = 0);
	MAKE(s, DRAIN, .drain.cpu = 9); /* refused */
}

#endif
