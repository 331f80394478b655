/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gfp: what a caller requests, as a mask of "get free page" bits.
 *
 * A gfp mask says three things at once: the highest zone that may be used,
 * the migratetype of the page, and how far the allocator may go to find one.
 * This file holds the bits, the alloc flags into which the entry turns some of
 * them, and the text form of both.
 *
 * Kernel: include/linux/gfp.h, mm/internal.h (5.10). One table a kind of
 * flag stands in gfp.c; parser, printer (gfp_text.c) and `zonewalk doc gfp`
 * are loops over it. The flags of other releases: gfp_release.def.
 */
#ifndef ENGINE_GFP_H
#define ENGINE_GFP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t gfp_t;

#define __GFP_DMA 0x01u
#define __GFP_HIGHMEM 0x02u
#define __GFP_DMA32 0x04u
#define __GFP_MOVABLE 0x08u
#define __GFP_RECLAIMABLE 0x10u
#define __GFP_HIGH 0x20u
#define __GFP_IO 0x40u
#define __GFP_FS 0x80u
#define __GFP_ZERO 0x100u
#define __GFP_ATOMIC 0x200u
#define __GFP_DIRECT_RECLAIM 0x400u
#define __GFP_KSWAPD_RECLAIM 0x800u
#define __GFP_WRITE 0x1000u
#define __GFP_NOWARN 0x2000u
#define __GFP_RETRY_MAYFAIL 0x4000u
#define __GFP_NOFAIL 0x8000u
#define __GFP_NORETRY 0x10000u
#define __GFP_MEMALLOC 0x20000u
#define __GFP_COMP 0x40000u
#define __GFP_NOMEMALLOC 0x80000u
#define __GFP_HARDWALL 0x100000u
#define __GFP_THISNODE 0x200000u
#define __GFP_ACCOUNT 0x400000u
#define __GFP_BITS_MASK 0x7fffffu

#define __GFP_RECLAIM (__GFP_DIRECT_RECLAIM | __GFP_KSWAPD_RECLAIM)
#define GFP_ATOMIC (__GFP_HIGH | __GFP_ATOMIC | __GFP_KSWAPD_RECLAIM)
#define GFP_KERNEL (__GFP_RECLAIM | __GFP_IO | __GFP_FS)
#define GFP_NOWAIT __GFP_KSWAPD_RECLAIM
#define GFP_NOIO __GFP_RECLAIM
#define GFP_NOFS (__GFP_RECLAIM | __GFP_IO)
#define GFP_KERNEL_ACCOUNT (GFP_KERNEL | __GFP_ACCOUNT)
#define GFP_USER (GFP_KERNEL | __GFP_HARDWALL)
#define GFP_DMA __GFP_DMA
#define GFP_DMA32 __GFP_DMA32
#define GFP_HIGHUSER (GFP_USER | __GFP_HIGHMEM)
#define GFP_HIGHUSER_MOVABLE (GFP_HIGHUSER | __GFP_MOVABLE)
#define GFP_TRANSHUGE_LIGHT                                                    \
	((GFP_HIGHUSER_MOVABLE | __GFP_COMP | __GFP_NOMEMALLOC |               \
	  __GFP_NOWARN) &                                                      \
	 ~__GFP_RECLAIM)
#define GFP_TRANSHUGE (GFP_TRANSHUGE_LIGHT | __GFP_DIRECT_RECLAIM)

/* The low four bits choose highest_zoneidx; see struct layout's gfp_zones. */
#define GFP_ZONEMASK 0x0fu
#define GFP_MOVABLE_MASK (__GFP_RECLAIMABLE | __GFP_MOVABLE)
#define GFP_MOVABLE_SHIFT 3

/*
 * Alloc flags: what the allocator allows itself. The two lowest bits are an
 * index into zone->watermark, not flags. HIGH and KSWAPD have the value of
 * the gfp bit that they come from.
 */
#define ALLOC_WMARK_MIN 0x0u
#define ALLOC_WMARK_LOW 0x1u
#define ALLOC_WMARK_HIGH 0x2u
#define ALLOC_WMARK_MASK 0x3u
#define ALLOC_NO_WATERMARKS 0x4u
#define ALLOC_OOM 0x8u
#define ALLOC_HARDER 0x10u
#define ALLOC_HIGH 0x20u
#define ALLOC_CPUSET 0x40u
#define ALLOC_CMA 0x80u
#define ALLOC_NOFRAGMENT 0x100u
#define ALLOC_KSWAPD 0x800u
#define ALLOC_BITS_MASK 0x9ffu

enum {
	MIGRATE_UNMOVABLE,
	MIGRATE_MOVABLE,
	MIGRATE_RECLAIMABLE,
	MIGRATE_PCPTYPES, /* the types that have per-cpu lists */
	MIGRATE_HIGHATOMIC = MIGRATE_PCPTYPES,
	MIGRATE_CMA,
	MIGRATE_ISOLATE,
	MIGRATE_TYPES
};

enum { NR_FALLBACKS = 2 };
/* From which types a type steals, the first choice first. */
extern const uint8_t fallbacks[MIGRATE_PCPTYPES][NR_FALLBACKS];

/* "unmovable" ... "isolate", in texts, JSON and Lua. */
const char *migratetype_name(unsigned int migratetype);
/* The type of that name, or -1. */
int migratetype_from_name(const char *name);
/* 'U' 'M' 'R' 'H' 'C' 'I': one letter a pageblock. */
char migratetype_letter(unsigned int migratetype);
int migratetype_from_letter(char letter);

/* One row of a flag table: composites come before the bits they contain. */
struct flag_name {
	const char *name;
	uint32_t bits;
	const char *help; /* one sentence for a student */
};

extern const struct flag_name gfp_names[];
extern const size_t nr_gfp_names;
extern const struct flag_name alloc_flag_names[];
extern const size_t nr_alloc_flag_names;

#define GFP_TEXT_MAX 512 /* room for every flag name at once */

/*
 * Text of a mask: the largest composites first, then single bits, joined by
 * "|"; bits without a name as one hex number; "0" for none. Writes at most
 * @size bytes with the NUL and returns @buf.
 */
const char *gfp_to_text(gfp_t gfp, char *buf, size_t size);
const char *alloc_flags_to_text(uint32_t alloc_flags, char *buf, size_t size);

/*
 * The mask of a text: names joined by "|", or numbers (decimal or 0x), which
 * are bits of 5.10. White space around them is ignored. A gfp mask may also
 * have the forms in which a kernel prints it, with "mode:", "gfp_mask=" or
 * the like before it and a comma after it; of "0x40a20(GFP_ATOMIC|__GFP_COMP)"
 * the names count, as the number depends on the release.
 *
 * False when a word is unknown or a bit is out of range: then @bad_word (of
 * @size bytes, may be NULL) holds that word and *@near the nearest known
 * name, or NULL when none is near.
 */
bool gfp_from_text(const char *text, gfp_t *gfp, char *bad_word, size_t size,
		   const char **near);
bool alloc_flags_from_text(const char *text, uint32_t *alloc_flags,
			   char *bad_word, size_t size, const char **near);

enum { GFP_WORD_MAX = 64 }; /* room for a word, with its NUL */

/*
 * Why the two functions above refused @word, with what to do: "no such flag;
 * did you mean GFP_KERNEL?", or which releases have it. @near is what they
 * said. Writes at most @size bytes and returns @buf.
 */
const char *gfp_word_error(const char *word, const char *near, char *buf,
			   size_t size);

/* The text of a gfp mask, taken apart: its number, its names. */
struct gfp_text {
	bool has_number;
	uint64_t number;
	const char *words, *end; /* equal: only a number */
};

/*
 * Take @text apart. False if it has none of the forms above: @bad_word holds
 * what cannot be read.
 */
bool gfp_text_split(const char *text, struct gfp_text *split, char *bad_word,
		    size_t size);
/*
 * The next word of @split, of GFP_WORD_MAX bytes; one that is longer is cut.
 * False after the last.
 */
bool gfp_text_next(struct gfp_text *split, char *word);

/* -- other releases ------------------------------------------------------- */

#define GFP_RELEASE(major, minor) ((major) << 8 | (minor))
#define GFP_RELEASE_FIRST GFP_RELEASE(2, 6)
#define GFP_RELEASE_LAST GFP_RELEASE(6, 18)

/* A row of gfp_release.def. */
struct gfp_release_flag {
	const char *name;
	uint32_t value;
	uint16_t first, last; /* GFP_RELEASE()s */
	gfp_t gfp, without;
	const char *other; /* 5.10 lacks it: the text of @gfp; else NULL */
};

extern const struct gfp_release_flag gfp_release_flags[];
extern const size_t nr_gfp_release_flags;

/* The first row of a flag @name that 5.10 lacks, or NULL. */
const struct gfp_release_flag *gfp_other_flag(const char *name);

/*
 * The name nearest to @word among @nr names at @names (an array of structs
 * of @stride bytes that begin with a char pointer): at most a third of its
 * letters differ. NULL when none is near. For "did you mean".
 */
const char *nearest_name(const char *word, const void *names, size_t nr,
			 size_t stride);

#endif
