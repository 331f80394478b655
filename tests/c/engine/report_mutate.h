/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_mutate: what happens to a log on its way, at random. */
#ifndef TESTS_REPORT_MUTATE_H
#define TESTS_REPORT_MUTATE_H

#include "report_same.h"

static inline uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* A number below @limit; 0 if that is 0. */
static inline size_t random_below(uint32_t *seed, size_t limit)
{
	return limit ? next_random(seed) % limit : 0;
}

/* Where the line around @at begins and where it ends, behind its newline. */
static inline void line_around(const struct text *t, size_t at, size_t *begin,
			       size_t *end)
{
	for (*begin = at; *begin && t->data[*begin - 1] != '\n';)
		--*begin;
	for (*end = at; *end < t->size && t->data[*end] != '\n';)
		++*end;
	*end += *end < t->size;
}

/* Replace the bytes from @begin to @end. */
static inline void splice(struct text *t, size_t begin, size_t end,
			  const char *data, size_t size)
{
	struct text new = { .data = NULL };

	text_add(&new, t->data, begin);
	text_add(&new, data, size);
	text_add(&new, t->data + end, t->size - end);
	text_free(t);
	*t = new;
}

/* Copy or move a line to the place @to, where a line begins or not. */
static inline void copy_line(struct text *t, size_t at, size_t to, bool move)
{
	struct text line = { .data = NULL };
	size_t begin, end;

	line_around(t, at, &begin, &end);
	text_add(&line, t->data + begin, end - begin);
	if (move) {
		splice(t, begin, end, "", 0);
		to = to > t->size ? t->size : to;
	}
	splice(t, to, to, line.data, line.size);
	text_free(&line);
}

static const char *const pieces[] = {
	"\n",
	" ",
	"\r\n",
	"\t",
	"#012",
	"\\x0a",
	"=\n",
	"=3D",
	"= ",
	"> ",
	"| ",
	"<4>",
	"[   12.345678] ",
	"[   T60] ",
	"[",
	"]",
	"<",
	"**",
	"Feb  9 08:09:39 host kernel: ",
	"kern  :warn  : ",
	"\xef\xbb\xbf",
	"\xc2\xa0",
	"\033[1m",
	"\033",
	"-1",
	"-",
	"18446744073709551612",
	"9223372036854775808",
	"4294967295",
	"99999999999999999999999999",
	"0",
	"Node 0 ",
	"Node 63 ",
	"Node 64 ",
	"Node 0, zone DMA ",
	"DMA32",
	"Foo",
	"free:",
	"min:",
	":",
	"kB",
	"*",
	"(UMECHIR)",
	"(",
	")",
	">100000",
	"lowmem_reserve[]: 0 1 2",
	"protection: (0, 1, 2)",
	"pages free 1",
	"cpu: 255",
	"cpu: 256",
	"count: 1",
	"CPU 255: hi: 1, btch: 1 usd: 1",
	"a: page allocation failure: order:0, mode:0x0",
	"a invoked oom-killer: gfp_mask=0xd0, order=-1",
	"Mem-Info:",
	"nodemask=0-63",
	"nodemask=0-64",
	"mems_allowed=1-0,",
	"cpuset=",
	"Node 0, zone DMA, type Movable ",
	"Number of blocks type Movable CMA",
	"Page block order: 9",
	"tainted 5.10.1",
	"Linux version 5.10.0",
	"active_anon:1 free:2",
	"1 pages cma reserved",
	"empty",
	"\0\0",
};

static inline size_t random_place(const struct text *t, uint32_t *seed)
{
	return random_below(seed, t->size + 1);
}

/* One change. @other is another text of the corpus. */
static inline void mutate(struct text *t, const char *other, uint32_t *seed)
{
	const size_t at = random_place(t, seed);
	const size_t to = random_place(t, seed);
	const char *piece =
		pieces[random_below(seed, sizeof(pieces) / sizeof(*pieces))];
	size_t begin, end;

	line_around(t, at, &begin, &end);
	switch (random_below(seed, 9)) {
	case 0: /* a bit flips */
		if (at < t->size)
			t->data[at] ^= (char)(1 << random_below(seed, 8));
		break;
	case 1: /* the text ends early */
		if (!random_below(seed, 8))
			splice(t, at, t->size, "", 0);
		break;
	case 2: /* a line ends early, also without its newline */
		splice(t, at, end - random_below(seed, 2) * (end > at), "", 0);
		break;
	case 3: /* a line is there twice */
	case 4: /* a line moves */
		copy_line(t, at, to, random_below(seed, 2));
		break;
	case 5: /* something comes between */
		splice(t, at, at, piece, strlen(piece));
		break;
	case 6: /* a line has another beginning */
		splice(t, begin, begin, piece, strlen(piece));
		break;
	case 7: /* a line is lost */
		splice(t, begin, end, "", 0);
		break;
	default: /* a part of another report */
		begin = random_below(seed, strlen(other));
		end = random_below(seed, strlen(other) - begin);
		splice(t, at, at, other + begin, end % 2000);
	}
}

#endif
