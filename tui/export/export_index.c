/* SPDX-License-Identifier: GPL-2.0-or-later */
/* export_index: the page that lists exported lessons. */
#include "export/export.h"

void index_begin(FILE *out)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	      "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
	      "content=\"width=device-width, initial-scale=1\">\n"
	      "<link rel=\"icon\" href=\"data:,\">\n"
	      "<title>Lessons</title>\n<style>:root{color-scheme:light dark}"
	      "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:45rem;"
	      "margin:1rem auto;padding:0 1rem}</style>\n</head>\n<body>\n"
	      "<main>\n<h1>Lessons</h1>\n<ol>\n",
	      out);
}

void index_add(const struct index_entry *entry, FILE *out)
{
	fputs("<li><a href=\"", out);
	write_escaped(entry->name, out);
	fputs(".html\">", out);
	write_escaped(*entry->title ? entry->title : entry->name, out);
	fputs("</a>", out);
	if (entry->minutes)
		fprintf(out, " (%u minutes)", entry->minutes);
	fputs("<br>", out);
	write_escaped(entry->goal, out);
	fputs("</li>\n", out);
}

void index_end(FILE *out)
{
	fputs("</ol>\n</main>\n</body>\n</html>\n", out);
}
