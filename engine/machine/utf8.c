/* SPDX-License-Identifier: GPL-2.0-or-later */
/* utf8: the one decoder and the one encoder. */
#include "machine/utf8.h"

#include <string.h>

/* A first byte of 0xc0 and more announces 1 to 3 bytes of 6 bits each. */
size_t utf8_decode(const char *text, size_t size, uint32_t *character)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *s = (const unsigned char *)text;
	size_t n = s[0] < 0xc0 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	uint32_t c = n < 2 ? s[0] : s[0] & (0xffu >> (n + 1));

	if ((s[0] >= 0x80 && s[0] < 0xc0) || s[0] > 0xf4 || n > size)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	*character = c;
	return c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff) ?
		       0 :
		       n;
}

size_t utf8_encode(uint32_t c, char *buf)
{
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	for (size_t i = n; i-- > 1; c >>= 6)
		buf[i] = (char)(0x80 | (c & 0x3f));
	buf[0] = (char)(n == 1 ? c : (0xf00u >> n & 0xff) | c);
	return n;
}

void utf8_trim(char *text)
{
	size_t begin = strlen(text);
	uint32_t character;

	while (begin && (text[--begin] & 0xc0) == 0x80)
		;
	if (!utf8_decode(text + begin, SIZE_MAX, &character))
		text[begin] = '\0';
}
