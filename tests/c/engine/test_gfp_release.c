/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_gfp_release: masks that other releases printed, as masks of 5.10. */
#include "import/gfp_release.h"
#include "test.h"

static struct release release_of(unsigned int major, unsigned int minor)
{
	return (struct release){ .major = major, .minor = minor };
}

static void check_reading(const struct gfp_reading *reading, gfp_t gfp,
			  const char *dropped, bool from_number)
{
	char text[GFP_TEXT_MAX], expected[GFP_TEXT_MAX];

	CHECK_STR(gfp_to_text(reading->gfp, text, sizeof(text)),
		  gfp_to_text(gfp, expected, sizeof(expected)));
	CHECK_EQ(reading->gfp, gfp);
	CHECK_STR(reading->dropped, dropped);
	CHECK_EQ(reading->from_number, from_number);
}

static void check_names(const char *names, gfp_t gfp, const char *dropped)
{
	const struct release unknown = { 0 };
	struct gfp_reading reading;
	char message[256] = "";

	CHECK(gfp_read(&unknown, names, false, 0, &reading, message,
		       sizeof(message)));
	CHECK_STR(message, "");
	check_reading(&reading, gfp, dropped, false);
}

static void check_number(unsigned int major, unsigned int minor, uint64_t mode,
			 gfp_t gfp, const char *dropped)
{
	const struct release release = release_of(major, minor);
	struct gfp_reading reading;
	char message[256] = "", text[32];

	CHECK(gfp_read(&release, "", true, mode, &reading, message,
		       sizeof(message)));
	CHECK_STR(message, "");
	check_reading(&reading, gfp, dropped, true);

	snprintf(text, sizeof(text), "mode:0x%llx,", (unsigned long long)mode);
	CHECK(gfp_read(&release, text, false, 0, &reading, message,
		       sizeof(message)));
	check_reading(&reading, gfp, dropped, true);
}

static void check_error(const struct release *release, const char *names,
			bool has_mode, uint64_t mode, const char *expected)
{
	struct gfp_reading reading;
	char message[256] = "";

	CHECK(!gfp_read(release, names, has_mode, mode, &reading, message,
			sizeof(message)));
	CHECK_STR(message, expected);
}

/* Every row: its value at both ends of its range means its bits. */
static void test_rows(void)
{
	for (size_t i = 0; i < nr_gfp_release_flags; i++) {
		const struct gfp_release_flag *f = &gfp_release_flags[i];
		const unsigned int ends[] = { f->first, f->last };
		struct gfp_reading reading;
		char message[256];

		CHECK(f->first <= f->last);
		CHECK(f->first >= GFP_RELEASE_FIRST);
		CHECK(f->last <= GFP_RELEASE_LAST);
		CHECK(!(f->value & (f->value - 1)));
		CHECK(!(f->gfp & f->without));
		for (size_t end = 0; f->value && end < 2; end++) {
			struct release r =
				release_of(ends[end] >> 8, ends[end] & 0xff);

			CHECK(gfp_read(&r, "", true, f->value, &reading,
				       message, sizeof(message)));
			CHECK_EQ(reading.gfp & f->gfp, f->gfp);
			CHECK_EQ(reading.gfp & f->without, 0);
			CHECK_STR(reading.dropped,
				  f->gfp | f->without ? "" : f->name);
		}
	}
}

/* No two flags of one release have one value. */
static void test_values_once(void)
{
	for (size_t i = 0; i < nr_gfp_release_flags; i++) {
		const struct gfp_release_flag *a = &gfp_release_flags[i];

		for (size_t j = 0; j < i; j++) {
			const struct gfp_release_flag *b =
				&gfp_release_flags[j];

			if (a->first > b->last || b->first > a->last)
				continue;
			CHECK(!a->value || a->value != b->value);
			CHECK(strcmp(a->name, b->name));
		}
	}
}

/* The numbers of 5.10 are its flags. */
static void test_this_release(void)
{
	for (gfp_t bit = 1; bit <= __GFP_BITS_MASK; bit <<= 1)
		check_number(5, 10, bit, bit, "");
	check_number(5, 10, __GFP_BITS_MASK, __GFP_BITS_MASK, "");
}

/* Masks that reports of public bug trackers print without names. */
static void test_numbers(void)
{
	check_number(2, 6, 0x20, GFP_ATOMIC, "");
	check_number(2, 6, 0x4020, GFP_ATOMIC | __GFP_COMP, "");
	check_number(2, 6, 0xd0, GFP_KERNEL, "");
	check_number(2, 6, 0x201da, GFP_HIGHUSER_MOVABLE, "__GFP_COLD");
	check_number(3, 2, 0x80d0, GFP_KERNEL | __GFP_ZERO, "");
	check_number(3, 6, 0x2020, GFP_ATOMIC | __GFP_MEMALLOC, "");
	check_number(3, 10, 0x20, GFP_ATOMIC, "");
	check_number(3, 18, 0x4020, GFP_ATOMIC | __GFP_COMP, "");
	check_number(3, 13, 0xd0, GFP_KERNEL, "");
	check_number(3, 18, 0x2080d0, GFP_KERNEL | __GFP_ZERO, "__GFP_NOTRACK");
	check_number(3, 18, 0x204010, GFP_NOIO | __GFP_COMP, "__GFP_NOTRACK");
	check_number(4, 1, 0x201da, GFP_HIGHUSER_MOVABLE, "__GFP_COLD");
	check_number(4, 1, 0x280da, GFP_HIGHUSER_MOVABLE | __GFP_ZERO, "");
	check_number(4, 3, 0x50, GFP_NOFS, "");
	check_number(4, 3, 0x200da, GFP_HIGHUSER_MOVABLE, "");
	check_number(4, 4, 0x2080020, GFP_ATOMIC, "");
	check_number(4, 4, 0x2200020, __GFP_HIGH | __GFP_KSWAPD_RECLAIM,
		     "__GFP_NOTRACK");
	check_number(4, 20, 0x6200ca, GFP_HIGHUSER_MOVABLE, "");
	check_number(6, 6, 0x2820, GFP_ATOMIC | __GFP_NOWARN, "");
	check_number(6, 6, 0xce0, GFP_KERNEL | __GFP_HIGH, "");
}

/* Masks that reports print with names: the number says the same. */
static void test_both(void)
{
	static const struct {
		unsigned int major, minor;
		uint64_t mode;
		const char *names;
	} masks[] = {
		{ 4, 6, 0x24201ca, "GFP_HIGHUSER_MOVABLE|__GFP_COLD" },
		{ 4, 9, 0x2280020, "GFP_ATOMIC|__GFP_NOTRACK" },
		{ 4, 9, 0x24000c0, "GFP_KERNEL" },
		{ 4, 9, 0x24280ca, "GFP_HIGHUSER_MOVABLE|__GFP_ZERO" },
		{ 4, 10, 0x14201ca, "GFP_HIGHUSER_MOVABLE|__GFP_COLD" },
		{ 4, 11, 0x1604240,
		  "GFP_NOFS|__GFP_NOWARN|__GFP_COMP|__GFP_NOTRACK" },
		{ 4, 14, 0x15080c0, "GFP_KERNEL_ACCOUNT|__GFP_ZERO" },
		{ 4, 14, 0x14200ca, "GFP_HIGHUSER_MOVABLE" },
		{ 4, 15, 0x15000c0, "GFP_KERNEL_ACCOUNT" },
		{ 4, 17, 0x14000c0, "GFP_KERNEL" },
		{ 4, 18, 0x6280ca, "GFP_HIGHUSER_MOVABLE|__GFP_ZERO" },
		{ 4, 19, 0x6000c0, "GFP_KERNEL" },
		{ 4, 19, 0x480020, "GFP_ATOMIC" },
		{ 5, 0, 0x7080c0, "GFP_KERNEL_ACCOUNT|__GFP_ZERO" },
		{ 5, 3, 0xcc0, "GFP_KERNEL" },
		{ 5, 4, 0x100cca, "GFP_HIGHUSER_MOVABLE" },
		{ 5, 9, 0x800, "GFP_NOWAIT" },
		{ 5, 10, 0x104cd2,
		  "GFP_HIGHUSER|__GFP_RETRY_MAYFAIL|__GFP_RECLAIMABLE" },
		{ 5, 11, 0x40a20, "GFP_ATOMIC|__GFP_COMP" },
		{ 5, 15, 0x40cc0, "GFP_KERNEL|__GFP_COMP" },
		{ 6, 1, 0x400dc0, "GFP_KERNEL_ACCOUNT|__GFP_ZERO" },
		{ 6, 1, 0xcd0, "GFP_KERNEL|__GFP_RECLAIMABLE" },
		{ 6, 8, 0x820, "GFP_ATOMIC" },
		{ 6, 16, 0x140dca,
		  "GFP_HIGHUSER_MOVABLE|__GFP_ZERO|__GFP_COMP" },
		{ 6, 18, 0x40c40, "GFP_NOFS|__GFP_COMP" },
	};

	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
		const struct release release =
			release_of(masks[i].major, masks[i].minor);
		struct gfp_reading names;
		char message[256];

		CHECK(gfp_read(&release, masks[i].names, true, 0xdeadbeef,
			       &names, message, sizeof(message)));
		CHECK(!names.from_number);
		check_number(masks[i].major, masks[i].minor, masks[i].mode,
			     names.gfp, names.dropped);
	}
}

/* Up to 4.3: no __GFP_WAIT means atomic, unless kswapd must not run. */
static void test_wait(void)
{
	check_number(4, 3, 0, __GFP_ATOMIC | __GFP_KSWAPD_RECLAIM, "");
	check_number(4, 4, 0, 0, "");
	check_number(4, 3, 0x400000, 0, "");
	check_number(4, 3, 0x4000d0, GFP_KERNEL & ~__GFP_KSWAPD_RECLAIM, "");
}

static void test_names(void)
{
	check_names("GFP_ATOMIC|__GFP_NOTRACK", GFP_ATOMIC, "__GFP_NOTRACK");
	check_names("GFP_KERNEL_ACCOUNT|__GFP_ZERO",
		    GFP_KERNEL | __GFP_ACCOUNT | __GFP_ZERO, "");
	check_names("GFP_HIGHUSER_MOVABLE|__GFP_COLD|__GFP_OTHER_NODE",
		    GFP_HIGHUSER_MOVABLE, "__GFP_COLD|__GFP_OTHER_NODE");
	check_names("__GFP_WAIT|__GFP_IO|__GFP_FS", GFP_KERNEL, "");
	check_names("__GFP_NO_KSWAPD|__GFP_WAIT", __GFP_DIRECT_RECLAIM, "");
	check_names("GFP_KERNEL|GFP_NO_KSWAPD",
		    GFP_KERNEL & ~__GFP_KSWAPD_RECLAIM, "");
	check_names("GFP_KERNEL|__GFP_REPEAT", GFP_KERNEL | __GFP_RETRY_MAYFAIL,
		    "");
	check_names("GFP_TEMPORARY", GFP_KERNEL | __GFP_RECLAIMABLE, "");
	check_names("GFP_IOFS", __GFP_IO | __GFP_FS, "");
	check_names("GFP_NOFS|__GFP_NOLOCKDEP", GFP_NOFS, "__GFP_NOLOCKDEP");
	check_names("GFP_KERNEL|0x8000000", GFP_KERNEL, "0x8000000");
	check_names("GFP_TRANSHUGE", GFP_TRANSHUGE, "");
	check_names("gfp_mask=0x2280020(GFP_ATOMIC|__GFP_NOTRACK),", GFP_ATOMIC,
		    "__GFP_NOTRACK");
}

/* More dropped names than there is room for are cut, the mask is right. */
static void test_many_dropped(void)
{
	const struct release unknown = { 0 };
	char names[1000] = "GFP_KERNEL", message[256];
	struct gfp_reading reading;

	for (int i = 0; i < 40; i++)
		strcat(names, "|__GFP_OTHER_NODE");
	CHECK(gfp_read(&unknown, names, false, 0, &reading, message,
		       sizeof(message)));
	CHECK_EQ(reading.gfp, GFP_KERNEL);
	CHECK_EQ(strlen(reading.dropped), sizeof(reading.dropped) - 1);
}

/* Names count, whatever the number; unknown ones leave it to the number. */
static void test_names_and_number(void)
{
	const struct release old = release_of(4, 9), none = { 0 };
	struct gfp_reading reading;
	char message[256];

	CHECK(gfp_read(&old, "GFP_ATOMIC", true, 0xdeadbeef, &reading, message,
		       sizeof(message)));
	check_reading(&reading, GFP_ATOMIC, "", false);
	CHECK(gfp_read(&old, "GFP_ATOMIC|__GFP_NOTRA", true, 0x2280020,
		       &reading, message, sizeof(message)));
	check_reading(&reading, GFP_ATOMIC, "__GFP_NOTRACK", true);
	CHECK(gfp_read(&old, "0x0()", false, 0, &reading, message,
		       sizeof(message)));
	check_reading(&reading, 0, "", true);
	check_error(&none, "GFP_ATOMIC|__GFP_ZER", true, 0x2280020,
		    "gfp \"__GFP_ZER\": no such flag; did you mean "
		    "__GFP_ZERO?; pass --gfp");
}

static void test_errors(void)
{
	const struct release none = { 0 }, old = release_of(4, 9),
			     older = release_of(2, 4), newer = release_of(7, 0),
			     two = release_of(4, 19);

	check_error(&none, "", false, 0, "no gfp mask; pass --gfp");
	check_error(&none, "", true, 0x20,
		    "gfp 0x20 without names: the number differs between "
		    "releases, and this one is unknown; pass --gfp");
	check_error(&older, "", true, 0x20,
		    "gfp 0x20 without names: the numbers of Linux 2.4 are "
		    "unknown, only those of 2.6 to 6.18 are known; pass "
		    "--gfp");
	check_error(&newer, "", true, 0x20,
		    "gfp 0x20 without names: the numbers of Linux 7.0 are "
		    "unknown, only those of 2.6 to 6.18 are known; pass "
		    "--gfp");
	check_error(&old, "", true, 0x4000020,
		    "gfp 0x4000020 without names: bits 0x4000000 are unknown "
		    "in Linux 4.9; pass --gfp");
	check_error(&two, "", true, 1ull << 40 | 1,
		    "gfp 0x10000000001 without names: bits 0x10000000000 are "
		    "unknown in Linux 4.19; pass --gfp");
	check_error(&old, "GFP_KERNAL", false, 0,
		    "gfp \"GFP_KERNAL\": no such flag; did you mean "
		    "GFP_KERNEL?; pass --gfp");
	check_error(&old, "99999999999999999999999", false, 0,
		    "gfp \"99999999999999999999999\": no such flag; pass "
		    "--gfp");
	check_error(&old, "GFP_KERNEL|12x", false, 0,
		    "gfp \"12x\": no such flag; pass --gfp");
	check_error(&old, "0x20(GFP_ATOMIC", false, 0,
		    "gfp \"0x20(GFP_ATOMIC\": the closing parenthesis is "
		    "missing; pass --gfp");
	check_error(&old, "0x20(GFP_ATOMIC), nodemask=(null)", false, 0,
		    "gfp \", nodemask=(null)\": text after the mask; leave it "
		    "out; pass --gfp");
}

static void check_release(const char *text, unsigned int major,
			  unsigned int minor, unsigned int patch)
{
	struct release release;

	CHECK(release_from_text(text, &release));
	CHECK_EQ(release.major, major);
	CHECK_EQ(release.minor, minor);
	CHECK_EQ(release.patch, patch);
	CHECK_STR(release.text, text);
}

static void test_releases(void)
{
	static const char *const wrong[] = { "",      "5",    "5.",   "x.1",
					     "0.1",   "5.x",  "5.1x", "-1.2",
					     "+1.2",  " 5.1", "v5.1", "5.1234",
					     "1234.5" };
	struct release release;

	check_release("4.14", 4, 14, 0);
	check_release("4.14.65", 4, 14, 65);
	check_release("4.9.0-0.rc8", 4, 9, 0);
	check_release("5.10-rc1", 5, 10, 0);
	check_release("6.18.0-rc4+", 6, 18, 0);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		CHECK(!release_from_text(wrong[i], &release));
}

/* Pieces of masks in any order: what 5.10 can read means the same here. */
static void test_pieces(void)
{
	static const char *const pieces[] = {
		"GFP_KERNEL", "__GFP_COMP", "GFP_ATOMIC", "__GFP_COLD", "0x20",
		"0x",	      "mode:",	    "gfp_mask=",  "(",		")",
		"|",	      ",",	    " ",	  "12",		"0x0",
	};
	const struct release here = release_of(5, 10);
	uint32_t seed = 1, nr_read = 0;

	for (int i = 0; i < 200000; i++) {
		char text[200] = "", message[256];
		struct gfp_reading reading;
		gfp_t gfp;

		seed = seed * 1664525 + 1013904223;
		for (uint32_t n = seed >> 29; n + 1; n--) {
			seed = seed * 1664525 + 1013904223;
			strcat(text, pieces[(seed >> 16) % 15]);
		}
		if (!gfp_from_text(text, &gfp, NULL, 0, NULL))
			continue;
		nr_read++;
		CHECK(gfp_decode(&here, text, &reading, message,
				 sizeof(message)));
		CHECK_EQ(reading.gfp, gfp);
		CHECK_STR(reading.dropped, "");
	}
	CHECK(nr_read > 1000);
}

int main(void)
{
	test_rows();
	test_values_once();
	test_this_release();
	test_numbers();
	test_both();
	test_wait();
	test_names();
	test_many_dropped();
	test_names_and_number();
	test_errors();
	test_releases();
	test_pieces();
	return test_done();
}
