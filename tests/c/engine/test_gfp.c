/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_gfp: the flag tables, and their text form both ways. */
#include "machine/gfp.h"
#include "test.h"

#define NEAR_NONE "(none)"

static void check_gfp_text(gfp_t gfp, const char *expected)
{
	char text[GFP_TEXT_MAX];
	gfp_t back = ~gfp;

	CHECK_STR(gfp_to_text(gfp, text, sizeof(text)), expected);
	CHECK(gfp_from_text(text, &back, NULL, 0, NULL));
	CHECK_EQ(back, gfp);
}

static void check_alloc_flags_text(uint32_t flags, const char *expected)
{
	char text[GFP_TEXT_MAX];
	uint32_t back = ~flags;

	CHECK_STR(alloc_flags_to_text(flags, text, sizeof(text)), expected);
	CHECK(alloc_flags_from_text(text, &back, NULL, 0, NULL));
	CHECK_EQ(back, flags);
}

/* A refused text leaves the mask alone and names the word. */
static void check_gfp_error(const char *text, const char *bad,
			    const char *expected_near)
{
	const char *near = NEAR_NONE;
	gfp_t gfp = 0x123;
	char word[64] = "untouched";

	CHECK(!gfp_from_text(text, &gfp, word, sizeof(word), &near));
	CHECK_EQ(gfp, 0x123);
	CHECK_STR(word, bad);
	CHECK_STR(near ? near : NEAR_NONE, expected_near);
}

/* The values of include/linux/gfp.h, written out. */
static void test_values(void)
{
	CHECK_EQ(GFP_ATOMIC, 0xa20);
	CHECK_EQ(GFP_KERNEL_ACCOUNT, 0x400cc0);
	CHECK_EQ(GFP_KERNEL, 0xcc0);
	CHECK_EQ(GFP_NOWAIT, 0x800);
	CHECK_EQ(GFP_NOIO, 0xc00);
	CHECK_EQ(GFP_NOFS, 0xc40);
	CHECK_EQ(GFP_USER, 0x100cc0);
	CHECK_EQ(GFP_HIGHUSER, 0x100cc2);
	CHECK_EQ(GFP_HIGHUSER_MOVABLE, 0x100cca);
	CHECK_EQ(GFP_TRANSHUGE_LIGHT, 0x1c20ca);
	CHECK_EQ(GFP_TRANSHUGE, 0x1c24ca);
}

static void test_every_name(void)
{
	gfp_t all = 0;
	uint32_t all_alloc = 0;

	for (size_t i = 0; i < nr_gfp_names; i++) {
		gfp_t gfp = 0;

		CHECK(gfp_from_text(gfp_names[i].name, &gfp, NULL, 0, NULL));
		CHECK_EQ(gfp, gfp_names[i].bits);
		CHECK(*gfp_names[i].help);
		all |= gfp;
	}
	CHECK_EQ(all, __GFP_BITS_MASK);
	for (size_t i = 0; i < nr_alloc_flag_names; i++) {
		uint32_t flags = ~0u;

		CHECK(alloc_flags_from_text(alloc_flag_names[i].name, &flags,
					    NULL, 0, NULL));
		CHECK_EQ(flags, alloc_flag_names[i].bits);
		all_alloc |= flags;
	}
	CHECK_EQ(all_alloc, ALLOC_BITS_MASK);
}

static void test_names_once(void)
{
	for (size_t i = 0; i < nr_gfp_names; i++)
		for (size_t j = 0; j < i; j++)
			CHECK(strcmp(gfp_names[i].name, gfp_names[j].name));
}

/* A composite by itself prints as its name, not as a smaller one's. */
static void test_composites(void)
{
	check_gfp_text(GFP_TRANSHUGE, "GFP_TRANSHUGE");
	check_gfp_text(GFP_TRANSHUGE_LIGHT, "GFP_TRANSHUGE_LIGHT");
	check_gfp_text(GFP_HIGHUSER_MOVABLE, "GFP_HIGHUSER_MOVABLE");
	check_gfp_text(GFP_HIGHUSER, "GFP_HIGHUSER");
	check_gfp_text(GFP_USER, "GFP_USER");
	check_gfp_text(GFP_KERNEL_ACCOUNT, "GFP_KERNEL_ACCOUNT");
	check_gfp_text(GFP_KERNEL_ACCOUNT | __GFP_ZERO,
		       "GFP_KERNEL_ACCOUNT|__GFP_ZERO");
	check_gfp_text(GFP_USER | __GFP_ACCOUNT, "GFP_USER|__GFP_ACCOUNT");
	check_gfp_text(GFP_KERNEL, "GFP_KERNEL");
	check_gfp_text(GFP_NOFS, "GFP_NOFS");
	check_gfp_text(GFP_NOIO, "GFP_NOIO");
	check_gfp_text(GFP_ATOMIC, "GFP_ATOMIC");
	check_gfp_text(GFP_NOWAIT, "GFP_NOWAIT");
	check_gfp_text(GFP_DMA, "GFP_DMA");
	check_gfp_text(GFP_DMA32, "GFP_DMA32");
	check_gfp_text(0, "0");
	check_gfp_text(GFP_KERNEL | __GFP_THISNODE,
		       "GFP_KERNEL|__GFP_THISNODE");
	check_gfp_text(GFP_KERNEL | __GFP_DMA, "GFP_KERNEL|GFP_DMA");
	check_gfp_text(GFP_NOWAIT | __GFP_COMP, "GFP_NOWAIT|__GFP_COMP");
	check_gfp_text(GFP_NOWAIT | __GFP_HIGH, "GFP_NOWAIT|__GFP_HIGH");
	check_gfp_text(GFP_USER | __GFP_ZERO | __GFP_WRITE,
		       "GFP_USER|__GFP_ZERO|__GFP_WRITE");
	check_gfp_text(GFP_ATOMIC | __GFP_COMP, "GFP_ATOMIC|__GFP_COMP");
}

/* Every single bit, every pair of bits, every composite and bit. */
static void test_round_trip(void)
{
	char text[GFP_TEXT_MAX];

	for (gfp_t a = 1; a <= __GFP_BITS_MASK; a <<= 1) {
		for (gfp_t b = 1; b <= __GFP_BITS_MASK; b <<= 1) {
			gfp_t back = 0;

			gfp_to_text(a | b, text, sizeof(text));
			CHECK(!strstr(text, "0x"));
			CHECK(gfp_from_text(text, &back, NULL, 0, NULL));
			CHECK_EQ(back, a | b);
		}
		for (size_t i = 0; i < nr_gfp_names; i++) {
			gfp_t gfp = gfp_names[i].bits | a, back = 0;

			gfp_to_text(gfp, text, sizeof(text));
			CHECK(gfp_from_text(text, &back, NULL, 0, NULL));
			CHECK_EQ(back, gfp);
		}
	}
}

static void test_unnamed_bits(void)
{
	char text[GFP_TEXT_MAX];
	gfp_t gfp;

	CHECK_STR(gfp_to_text(GFP_KERNEL | 0x800000, text, sizeof(text)),
		  "GFP_KERNEL|0x800000");
	CHECK_STR(gfp_to_text(0xff000000, text, sizeof(text)), "0xff000000");
	CHECK(gfp_from_text("0xcc0", &gfp, NULL, 0, NULL));
	CHECK_EQ(gfp, GFP_KERNEL);
	CHECK(gfp_from_text("3264|__GFP_ZERO", &gfp, NULL, 0, NULL));
	CHECK_EQ(gfp, GFP_KERNEL | __GFP_ZERO);
	CHECK(gfp_from_text(" GFP_KERNEL |\t__GFP_ZERO ", &gfp, NULL, 0, NULL));
	CHECK_EQ(gfp, GFP_KERNEL | __GFP_ZERO);
	CHECK(gfp_from_text("0", &gfp, NULL, 0, NULL));
	CHECK_EQ(gfp, 0);
}

/* The forms in which kernels and their readers write a mask. */
static void test_printed(void)
{
	static const char *const forms[] = {
		"0x40a20(GFP_ATOMIC|__GFP_COMP)",
		"mode:0x40a20(GFP_ATOMIC|__GFP_COMP),",
		"mode:0x40a20",
		"mode: 0x40a20 ,",
		"gfp_mask=0x40a20(GFP_ATOMIC|__GFP_COMP), ",
		"gfp_mask=0x40a20",
		"gfp_flags=GFP_ATOMIC|__GFP_COMP",
		"gfp=GFP_ATOMIC | __GFP_COMP",
		"gfp = GFP_ATOMIC|__GFP_COMP",
		"(GFP_ATOMIC|__GFP_COMP)",
		" 0x40a20 ( GFP_ATOMIC | __GFP_COMP ) ",
		"0xdeadbeef(GFP_ATOMIC|__GFP_COMP)",
		"12345678901(GFP_ATOMIC|__GFP_COMP)",
		"GFP_ATOMIC|__GFP_COMP,",
		"0xa20|0x40000",
		"mode:0x0(GFP_ATOMIC|0x40000)",
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		gfp_t gfp = 0;

		CHECK(gfp_from_text(forms[i], &gfp, NULL, 0, NULL));
		CHECK_EQ(gfp, GFP_ATOMIC | __GFP_COMP);
	}
}

static void test_printed_zero(void)
{
	static const char *const forms[] = { "0x0()", "mode:0x0( ),", "0",
					     "gfp_mask=0" };

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		gfp_t gfp = 1;

		CHECK(gfp_from_text(forms[i], &gfp, NULL, 0, NULL));
		CHECK_EQ(gfp, 0);
	}
}

static void check_word_error(const char *word, const char *near,
			     const char *expected)
{
	char text[200];

	CHECK_STR(gfp_word_error(word, near, text, sizeof(text)), expected);
}

static void test_word_errors(void)
{
	check_word_error("GFP_KERNAL", "GFP_KERNEL",
			 "no such flag; did you mean GFP_KERNEL?");
	check_word_error("xyzzy", NULL, "no such flag");
	check_word_error("", NULL, "no such flag");
	check_word_error("__GFP_COLD", NULL,
			 "a flag of Linux up to 4.14; leave it out");
	check_word_error("__GFP_NOLOCKDEP", NULL,
			 "a flag of Linux 4.12 and later; leave it out");
	check_word_error("__GFP_NOACCOUNT", NULL,
			 "a flag of Linux 4.1 to 4.4; leave it out");
	check_word_error("__GFP_WAIT", NULL,
			 "a flag of Linux up to 4.3; write __GFP_RECLAIM");
	check_word_error("GFP_TEMPORARY", NULL,
			 "a flag of Linux up to 4.13; write GFP_KERNEL | "
			 "__GFP_RECLAIMABLE");
	check_word_error("0x2280020", NULL,
			 "unknown bits 0x2000000 in Linux 5.10");
	check_word_error("0x20(GFP_ATOMIC", NULL,
			 "the closing parenthesis is missing");
	check_word_error("x(GFP_ATOMIC)", "GFP_ATOMIC",
			 "no such flag; did you mean GFP_ATOMIC?");
	check_word_error(", order=0", NULL,
			 "text after the mask; leave it out");
}

/* Each name that this edition lacks is an error, and known elsewhere. */
static void test_other_flags(void)
{
	for (size_t i = 0; i < nr_gfp_release_flags; i++) {
		const struct gfp_release_flag *f = &gfp_release_flags[i];
		gfp_t gfp = 0;

		CHECK_EQ(gfp_from_text(f->name, &gfp, NULL, 0, NULL),
			 !f->other);
		CHECK_EQ(gfp_other_flag(f->name) != NULL, f->other != NULL);
		if (!f->other)
			CHECK_EQ(gfp, f->gfp);
		else if (f->gfp)
			CHECK(gfp_from_text(f->other, &gfp, NULL, 0, NULL));
		CHECK_EQ(gfp, f->gfp);
	}
}

static void test_small_buffer(void)
{
	char text[GFP_TEXT_MAX], small[8];

	for (size_t size = 1; size <= sizeof(small); size++) {
		memset(small, '~', sizeof(small));
		gfp_to_text(~0u, small, size);
		CHECK_EQ(strlen(small), size - 1);
		alloc_flags_to_text(~0u, small, size);
		CHECK_EQ(strlen(small), size - 1);
	}
	gfp_to_text(~0u, text, sizeof(text));
	CHECK(strlen(text) < sizeof(text) - 1);
}

static void test_errors(void)
{
	char longest[200];

	check_gfp_error("GFP_KERNAL", "GFP_KERNAL", "GFP_KERNEL");
	check_gfp_error("GFP_KERNEL|__GFP_ZER", "__GFP_ZER", "__GFP_ZERO");
	check_gfp_error("gfp_user", "gfp_user", "GFP_USER");
	check_gfp_error("xyzzy", "xyzzy", NEAR_NONE);
	check_gfp_error("", "", NEAR_NONE);
	check_gfp_error("GFP_KERNEL|", "", NEAR_NONE);
	check_gfp_error("|GFP_KERNEL", "", NEAR_NONE);
	check_gfp_error("0x800000", "0x800000", NEAR_NONE);
	check_gfp_error("0x12g", "0x12g", NEAR_NONE);
	check_gfp_error("-1", "-1", NEAR_NONE);
	check_gfp_error("99999999999999999999999", "99999999999999999999999",
			NEAR_NONE);
	check_gfp_error("GFP_KERNEL __GFP_ZERO", "GFP_KERNEL __GFP_ZERO",
			NEAR_NONE);
	check_gfp_error("0xa20(GFP_ATOMIC", "0xa20(GFP_ATOMIC", NEAR_NONE);
	check_gfp_error("0xa20(GFP_ATOMIC)x", "x", NEAR_NONE);
	check_gfp_error("0xa20(GFP_ATOMIC), order=0", ", order=0", NEAR_NONE);
	check_gfp_error("0xa20(GFP_ATOMIK)", "GFP_ATOMIK", "GFP_ATOMIC");
	check_gfp_error("x(GFP_ATOMIC)", "x(GFP_ATOMIC)", "GFP_ATOMIC");
	check_gfp_error("mode:0x2280020", "0x2280020", NEAR_NONE);
	check_gfp_error("mode:8388608", "0x800000", NEAR_NONE);
	check_gfp_error("mode:", "", NEAR_NONE);
	check_gfp_error("modes:0x20", "modes:0x20", NEAR_NONE);
	check_gfp_error("()", "", NEAR_NONE);
	check_gfp_error("(", "(", NEAR_NONE);
	check_gfp_error(",", "", NEAR_NONE);
	check_gfp_error("GFP_KERNEL,GFP_ATOMIC", "GFP_KERNEL,GFP_ATOMIC",
			NEAR_NONE);
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	CHECK(!gfp_from_text(longest, &(gfp_t){ 0 }, NULL, 0, NULL));
}

static void test_alloc_flags(void)
{
	const char *near = NULL;
	uint32_t flags = 7;
	char word[32];

	check_alloc_flags_text(ALLOC_WMARK_MIN, "WMARK_MIN");
	check_alloc_flags_text(ALLOC_WMARK_LOW | ALLOC_CPUSET,
			       "WMARK_LOW|CPUSET");
	check_alloc_flags_text(ALLOC_WMARK_HIGH, "WMARK_HIGH");
	check_alloc_flags_text(ALLOC_WMARK_MIN | ALLOC_HARDER | ALLOC_HIGH |
				       ALLOC_CPUSET,
			       "WMARK_MIN|HARDER|HIGH|CPUSET");
	for (uint32_t bit = 4; bit <= ALLOC_BITS_MASK; bit <<= 1) {
		char text[GFP_TEXT_MAX];
		uint32_t back = 0;

		if (!(bit & ALLOC_BITS_MASK))
			continue;
		alloc_flags_to_text(bit | 1, text, sizeof(text));
		CHECK(alloc_flags_from_text(text, &back, NULL, 0, NULL));
		CHECK_EQ(back, bit | 1);
	}
	CHECK(!alloc_flags_from_text("HARDR", &flags, word, sizeof(word),
				     &near));
	CHECK_STR(word, "HARDR");
	CHECK_STR(near ? near : NEAR_NONE, "HARDER");
	CHECK(!alloc_flags_from_text("0x200", &flags, NULL, 0, NULL));
	CHECK_EQ(flags, 7);
}

static void test_migratetypes(void)
{
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++) {
		CHECK_EQ(migratetype_from_name(migratetype_name(type)), type);
		CHECK_EQ(migratetype_from_letter(migratetype_letter(type)),
			 type);
	}
	CHECK_STR(migratetype_name(MIGRATE_RECLAIMABLE), "reclaimable");
	CHECK_STR(migratetype_name(MIGRATE_TYPES), "none");
	CHECK_EQ(migratetype_letter(MIGRATE_TYPES), '.');
	CHECK_EQ(migratetype_from_name("Movable"), -1);
	CHECK_EQ(migratetype_from_name(""), -1);
	CHECK_EQ(migratetype_from_letter('m'), -1);
}

static void test_nearest(void)
{
	static const struct {
		const char *name;
		int other;
	} names[] = { { "replay", 1 }, { "run", 2 }, { "frame", 3 } };
	const size_t size = sizeof(names[0]);
	char longest[300];
	const char *near;

	near = nearest_name("reply", names, 3, size);
	CHECK_STR(near ? near : NEAR_NONE, "replay");
	near = nearest_name("FRAME", names, 3, size);
	CHECK_STR(near ? near : NEAR_NONE, "frame");
	near = nearest_name("fram", names, 3, size);
	CHECK_STR(near ? near : NEAR_NONE, "frame");
	CHECK(!nearest_name("bench", names, 3, size));
	CHECK(!nearest_name("", names, 3, size));
	CHECK(!nearest_name("replay", names, 0, size));
	memset(longest, 'r', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	CHECK(!nearest_name(longest, names, 3, size));
}

int main(void)
{
	test_values();
	test_every_name();
	test_names_once();
	test_composites();
	test_round_trip();
	test_unnamed_bits();
	test_printed();
	test_printed_zero();
	test_word_errors();
	test_other_flags();
	test_small_buffer();
	test_errors();
	test_alloc_flags();
	test_migratetypes();
	test_nearest();
	return test_done();
}
