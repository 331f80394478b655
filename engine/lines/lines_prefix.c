/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lines: what a console, dmesg, syslog and mail put in front of a line. */
#include "lines/lines.h"

#include <string.h>

/* The words of a table, with single blanks around them. */
static bool take_word_of(struct span *s, const char *words)
{
	struct span rest = *s;
	const char *found = words;
	size_t length = 0;
	char word[12] = " ";

	while (length < 9 && span_peek(rest) >= 'a' && span_peek(rest) <= 'z')
		word[++length] = *rest.at++;
	/* local0 to local7 */
	if (is_digit(span_peek(rest)))
		rest.at++;
	word[length + 1] = ' ';
	found = length ? strstr(words, word) : NULL;
	if (found)
		*s = rest;
	return found;
}

/* "> " "| ", and what some loggers leave behind "kernel:" */
static bool skip_quote(struct span *s)
{
	return span_take(s, ">") || span_take(s, "|") || span_take(s, ": ");
}

/* "<4>" */
static bool skip_level(struct span *s)
{
	struct span rest = *s;
	uint32_t level;

	if (!span_take(&rest, "<") || !span_below(&rest, 1000, &level) ||
	    !span_take(&rest, ">"))
		return false;
	*s = rest;
	return true;
}

/* "kern  :warn  :" */
static bool skip_facility(struct span *s)
{
	static const char facilities[] = " kern user mail daemon auth syslog "
					 "lpr news uucp cron authpriv ftp "
					 "local ";
	static const char levels[] = " emerg alert crit err warn notice info "
				     "debug ";
	struct span rest = *s;

	if (!take_word_of(&rest, facilities))
		return false;
	span_take(&rest, " ");
	if (!span_take(&rest, ":") || !take_word_of(&rest, levels))
		return false;
	span_take(&rest, " ");
	if (!span_take(&rest, ":"))
		return false;
	*s = rest;
	return true;
}

/* "08:09:39" "08:09:39.123456" "08:09:39,123456" */
static bool take_time(struct span *s)
{
	struct span rest = *s;
	uint32_t number;

	if (!span_below(&rest, 24, &number) || !span_take(&rest, ":") ||
	    !span_below(&rest, 60, &number) || !span_take(&rest, ":") ||
	    !span_below(&rest, 61, &number))
		return false;
	if (span_take(&rest, ".") || span_take(&rest, ","))
		while (is_digit(span_peek(rest)))
			rest.at++;
	*s = rest;
	return true;
}

static bool take_name(struct span *s, const char *names)
{
	for (; *names; names += 3)
		if (span_size(*s) > 3 && !memcmp(s->at, names, 3)) {
			s->at += 3;
			return true;
		}
	return false;
}

static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
static const char days[] = "MonTueWedThuFriSatSun";

/* "2024-02-09T08:09:39+01:00", also with a blank before the time. */
static bool take_iso_date(struct span *s)
{
	struct span rest = *s;
	uint32_t number;

	if (!span_below(&rest, 10000, &number) || !span_take(&rest, "-") ||
	    !span_below(&rest, 13, &number) || !span_take(&rest, "-") ||
	    !span_below(&rest, 32, &number))
		return false;
	if (!span_take(&rest, "T") && !span_take(&rest, " "))
		return false;
	if (!take_time(&rest))
		return false;
	if (!span_take(&rest, "Z") && strchr("+-", span_peek(rest)))
		while (span_peek(rest) && strchr("+-:0123456789", *rest.at))
			rest.at++;
	*s = rest;
	return true;
}

/* "Feb 9 08:09:39", also behind "Fri ", also with the year after it. */
static bool take_date(struct span *s)
{
	struct span rest = *s;
	uint32_t number;

	if (take_name(&rest, days) && !span_take(&rest, " "))
		return false;
	if (!take_name(&rest, months)) {
		rest = *s;
		if (!take_iso_date(&rest))
			return false;
	} else {
		if (!span_take(&rest, " ") || !span_below(&rest, 32, &number) ||
		    !span_take(&rest, " ") || !take_time(&rest))
			return false;
		if (span_take(&rest, " ") && !span_below(&rest, 10000, &number))
			rest.at--;
	}
	*s = rest;
	return true;
}

/* "kernel:" "kernel[0]:" */
static bool take_kernel(struct span *s)
{
	struct span rest = *s;
	uint32_t number;

	if (!span_take(&rest, "kernel"))
		return false;
	if (span_take(&rest, "[") &&
	    (!span_below(&rest, UINT32_MAX, &number) || !span_take(&rest, "]")))
		return false;
	if (!span_take(&rest, ":"))
		return false;
	*s = rest;
	return true;
}

/* "kernel:" with nothing before it; a task of that name is no prefix. */
static bool skip_kernel(struct span *s)
{
	struct span rest = *s;

	if (!take_kernel(&rest) || span_begins(rest, " page allocation"))
		return false;
	*s = rest;
	return true;
}

/* The date, then up to "kernel:" or "[  12.345678]" at most three words. */
static bool skip_date(struct span *s)
{
	struct span rest = *s;

	if (!take_date(&rest))
		return false;
	*s = rest;
	for (int i = 0; i < 4; i++) {
		span_take(&rest, " ");
		if (take_kernel(&rest) ||
		    (span_begins(rest, "[") &&
		     is_digit(rest.end - rest.at > 2 ? rest.at[1] : '\0'))) {
			*s = rest;
			break;
		}
		span_word(&rest);
	}
	return true;
}

/* Other text in place of the date and the host, up to "kernel: [1.2]" */
static bool skip_to_kernel(struct span *s)
{
	const char *at = span_find(*s, " kernel: [");
	struct span rest = { at, s->end };
	uint32_t number;

	if (!at || at - s->at > 80 || !span_take(&rest, " kernel: ["))
		return false;
	while (span_take(&rest, " "))
		;
	if (!span_below(&rest, UINT32_MAX, &number) || span_peek(rest) != '.')
		return false;
	s->at = at + strlen(" kernel:");
	return true;
}

/* "[  12.345678]" "[   T60]" "[Fri Feb  9 08:09:39 2024]" "[  +0.000012]" */
static bool skip_bracket(struct span *s)
{
	struct span rest = *s;
	struct span inside;
	uint32_t number;
	bool is_caller;

	if (!span_take(&rest, "["))
		return false;
	span_take(&rest, " ");
	inside = rest;
	while (rest.at < rest.end && rest.at - inside.at < 40 &&
	       *rest.at != ']')
		rest.at++;
	if (!span_take(&rest, "]"))
		return false;
	if (take_date(&inside) || take_name(&inside, months)) {
		*s = rest;
		return true;
	}
	is_caller = span_take(&inside, "T") || span_take(&inside, "C");
	span_take(&inside, "+");
	if (!span_below(&inside, UINT32_MAX, &number))
		return false;
	/* a cpu before the time */
	if (span_take(&inside, "-") &&
	    !span_below(&inside, UINT32_MAX, &number))
		return false;
	/* "[ 1234]" is a task in the OOM killer's table */
	if (!is_caller && span_peek(inside) != '.')
		return false;
	while (span_peek(inside) && strchr(".,@<>+ 0123456789", *inside.at))
		inside.at++;
	if (span_peek(inside) != ']')
		return false;
	*s = rest;
	return true;
}

/* "4,1234,567890,-;" of /dev/kmsg, also "4,1234,567890,-,caller=T60;" */
static bool skip_kmsg(struct span *s)
{
	struct span rest = *s;
	uint32_t level;
	struct amount amount;

	if (!span_below(&rest, 1000, &level) || !span_take(&rest, ",") ||
	    !span_amount(&rest, &amount) || !span_take(&rest, ",") ||
	    !span_amount(&rest, &amount) || !span_take(&rest, ","))
		return false;
	for (int i = 0; i < 40 && span_peek(rest) > ' ' && *rest.at != ';'; i++)
		rest.at++;
	if (!span_take(&rest, ";"))
		return false;
	*s = rest;
	return true;
}

/* "** 12 printk messages dropped **" */
static bool skip_dropped(struct span *s)
{
	struct span rest = *s;
	uint32_t number;

	if (!span_take(&rest, "** ") ||
	    !span_below(&rest, UINT32_MAX, &number) ||
	    !span_take(&rest, " printk messages dropped **"))
		return false;
	*s = rest;
	return true;
}

void lines_skip_prefixes(struct span *text)
{
	static bool (*const skip[])(struct span * s) = {
		skip_quote,   skip_level, skip_facility,
		skip_bracket, skip_date,  skip_kernel,
		skip_dropped, skip_kmsg,  skip_to_kernel,
	};
	const char *before;

	do {
		before = text->at;
		span_take(text, " ");
		for (size_t i = 0; i < sizeof(skip) / sizeof(*skip); i++)
			if (skip[i](text))
				break;
	} while (text->at != before);
}
