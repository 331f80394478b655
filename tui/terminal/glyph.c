/* SPDX-License-Identifier: GPL-2.0-or-later */
/* glyph: tables of characters. */
#include "terminal/glyph.h"

#include <locale.h>
#include <stdbool.h>
#include <wchar.h>

#include "machine/utf8.h"

uint32_t glyph_next(const char **text)
{
	uint32_t glyph;
	size_t length = utf8_decode(*text, SIZE_MAX, &glyph);

	if (length && !glyph)
		return 0;
	*text += length ? length : 1;
	if (!length)
		return GLYPH_BAD;
	if (glyph == '\t' || glyph == '\n')
		return ' ';
	return glyph < ' ' || (glyph > 0x7e && glyph < 0xa0) ? GLYPH_BAD :
							       glyph;
}

/*
 * Characters without a column that a terminal acts on instead of showing:
 * joiners, changes of direction, variation selectors, tags.
 */
static bool is_format(uint32_t glyph)
{
	return (glyph >= 0x200b && glyph <= 0x200f) ||
	       (glyph >= 0x202a && glyph <= 0x202e) ||
	       (glyph >= 0x2060 && glyph <= 0x206f) ||
	       (glyph >= 0xfe00 && glyph <= 0xfe0f) || glyph == 0xfeff ||
	       glyph >= 0xe0000;
}

/* Character types of UTF-8; 0 until a width is needed. */
static locale_t utf8_locale;

__attribute__((destructor)) static void free_locale(void)
{
	if (utf8_locale)
		freelocale(utf8_locale);
}

/*
 * The C library's width of a character, -1 for one that is not printable.
 * Curses measures with the same function in the same encoding, so a picture
 * has the same columns on a terminal as in a file. The user's locale may be C,
 * where wcwidth() knows ASCII only, so this one is separate.
 */
static int libc_width(uint32_t glyph)
{
	locale_t before;
	int width;

	if (!utf8_locale)
		utf8_locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
	before = uselocale(utf8_locale);
	width = wcwidth((wchar_t)glyph);
	uselocale(before);
	return width;
}

uint32_t glyph_next_cell(const char **text, int *width)
{
	uint32_t glyph = glyph_next(text);

	*width = glyph < 0x300 ? !!glyph : libc_width(glyph);
	if (*width == 0 && is_format(glyph))
		return glyph_next_cell(text, width);
	if (*width >= 0)
		return glyph;
	*width = 1;
	return GLYPH_BAD;
}

static const struct {
	uint32_t glyph;
	char ascii;
} shapes[] = {
	{ 0x2026, '~' }, /* … */
	{ 0x2212, '-' },  { 0x2013, '-' },  { 0x2014, '-' }, /* − – — */
	{ 0x2018, '\'' }, { 0x2019, '\'' }, { 0x201c, '"' }, { 0x201d, '"' },
	{ 0x00b7, '.' }, /* · */
	{ 0x00d7, 'x' }, /* × */
	{ 0x00f7, '/' }, /* ÷ */
	{ 0x00ab, '<' },  { 0x00bb, '>' }, /* « » */
	{ 0x2713, 'v' },  { 0x2717, 'x' }, /* ✓ ✗ */
	{ 0x25b6, '>' },  { 0x25c0, '<' },  { 0x25b8, '>' }, { 0x25c2, '<' },
	{ 0x25b2, '^' },  { 0x25bc, 'v' },  { 0x25ae, '#' }, /* ▮ */
	{ 0x2190, '<' },  { 0x2192, '>' },  { 0x2191, '^' }, { 0x2193, 'v' },
	{ 0x22ee, ':' }, /* ⋮ */
	{ 0x2265, '>' },  { 0x2264, '<' },  { 0x2588, '#' }, { 0x2593, '=' },
	{ 0x2592, ':' },  { 0x2591, '.' },  { 0x2595, '|' }, { 0x258f, '|' },
};

/* U+00C0 to U+017F without their accents. */
static const char latin[] =
	"AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty"
	"AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLl"
	"NnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
_Static_assert(sizeof(latin) - 1 == 0x180 - 0xc0, "a letter a code point");

char glyph_ascii(uint32_t glyph)
{
	unsigned int arms = glyph_arms(glyph);

	if (glyph < 0x80)
		return (char)glyph;
	if (arms)
		return !(arms & (ARM_UP | ARM_DOWN))	? '-' :
		       !(arms & (ARM_LEFT | ARM_RIGHT)) ? '|' :
							  '+';
	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++)
		if (shapes[i].glyph == glyph)
			return shapes[i].ascii;
	if (glyph >= 0xc0 && glyph < 0x180)
		return latin[glyph - 0xc0];
	if (glyph > 0x2588 && glyph < 0x258c) /* more than half a block */
		return '#';
	return glyph >= 0x258c && glyph < 0x2590 ? '|' : '?';
}

/* By arms. Corners are round. */
static const uint16_t lines[16] = {
	[ARM_LEFT] = 0x2574,
	[ARM_UP] = 0x2575,
	[ARM_RIGHT] = 0x2576,
	[ARM_DOWN] = 0x2577,
	[ARM_UP | ARM_DOWN] = 0x2502,
	[ARM_LEFT | ARM_RIGHT] = 0x2500,
	[ARM_DOWN | ARM_RIGHT] = 0x256d,
	[ARM_DOWN | ARM_LEFT] = 0x256e,
	[ARM_UP | ARM_LEFT] = 0x256f,
	[ARM_UP | ARM_RIGHT] = 0x2570,
	[ARM_UP | ARM_DOWN | ARM_RIGHT] = 0x251c,
	[ARM_UP | ARM_DOWN | ARM_LEFT] = 0x2524,
	[ARM_DOWN | ARM_LEFT | ARM_RIGHT] = 0x252c,
	[ARM_UP | ARM_LEFT | ARM_RIGHT] = 0x2534,
	[ARM_UP | ARM_DOWN | ARM_LEFT | ARM_RIGHT] = 0x253c,
};

unsigned int glyph_arms(uint32_t glyph)
{
	if (glyph < 0x2500 || glyph > 0x2577)
		return 0;
	for (unsigned int arms = 15; arms; arms--)
		if (lines[arms] == glyph)
			return arms;
	return 0;
}

uint32_t glyph_of_arms(unsigned int arms)
{
	return lines[arms & 15];
}
