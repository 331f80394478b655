/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report: what belongs to a report, whatever it was read from. */
#include "import/report.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool release_from_text(const char *text, struct release *release)
{
	int end = 0;

	*release = (struct release){ 0 };
	if (!isdigit((unsigned char)*text) ||
	    sscanf(text, "%3u.%3u%n.%6u", &release->major, &release->minor,
		   &end, &release->patch) < 2)
		return false;
	snprintf(release->text, sizeof(release->text), "%s", text);
	return release->major && strchr(".-", text[end]);
}

const char *zone_label(const struct report_zone *zone, char buf[ZONE_LABEL_MAX])
{
	snprintf(buf, ZONE_LABEL_MAX, "node %u %s", zone->nid,
		 zone_type_name(zone->type));
	return buf;
}

void report_warn(struct report *r, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (r->nr_warnings == REPORT_MAX_WARNINGS)
		return;
	for (uint32_t i = 0; i < r->nr_warnings; i++)
		if (!strcmp(r->warnings[i], text))
			return;
	r->warnings[r->nr_warnings] = strdup(text);
	if (r->warnings[r->nr_warnings])
		r->nr_warnings++;
}

void report_destroy(struct report *r)
{
	for (uint32_t i = 0; i < r->nr_warnings; i++)
		free(r->warnings[i]);
	free(r->zones);
	free(r->refused);
	*r = (struct report){ .nr_zones = 0 };
}
