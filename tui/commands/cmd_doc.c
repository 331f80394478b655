/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_doc: `zonewalk doc TOPIC` prints a page of the reference, see
 * reference/topics.c; without a topic it lists the topics. `zonewalk doc gfp
 * MASK` explains one mask.
 */
#include <stdio.h>
#include <string.h>

#include "commands/command.h"
#include "explain/gfp_meaning.h"
#include "import/gfp_release.h"
#include "machine/gfp.h"
#include "reference/reference.h"

/* -- a gfp mask ------------------------------------------------------------- */

static void print_fact(const char *label, const char *text)
{
	printf("  %-17s ", label);
	cli_print_wrapped(text, 20);
}

/* The single flags of @gfp. */
static void print_bits(gfp_t gfp)
{
	printf("\nFlags:\n\n");
	for (size_t i = 0; i < nr_gfp_names; i++)
		if (!strncmp(gfp_names[i].name, "__GFP_", 6) &&
		    gfp_names[i].bits != __GFP_RECLAIM &&
		    gfp & gfp_names[i].bits)
			topic_print_flags(&gfp_names[i], 1);
}

static int print_mask(const struct gfp_reading *reading)
{
	char text[GFP_TEXT_MAX];
	struct gfp_facts facts;

	if (!gfp_facts(reading->gfp, &facts))
		return cli_no_memory("doc gfp");
	printf("%s\n\n", gfp_to_text(reading->gfp, text, sizeof(text)));
	snprintf(text, sizeof(text), "%#x in Linux 5.10", reading->gfp);
	print_fact("number", text);
	if (*reading->dropped)
		print_fact("not in 5.10", reading->dropped);
	for (uint32_t i = 0; i < facts.nr; i++)
		print_fact(facts.fact[i].label, facts.fact[i].text);
	if (reading->gfp)
		print_bits(reading->gfp);
	if (!facts.error) {
		putchar('\n');
		cli_print_wrapped(GFP_FACTS_NOTE, 0);
	}
	return EXIT_GOOD;
}

static int explain_mask(const char *mask, const char *kernel)
{
	struct release release = { .major = 5, .minor = 10 };
	struct gfp_reading reading;
	char why[256];

	if (kernel && !release_from_text(kernel, &release))
		return cli_usage("doc",
				 "--kernel: \"%s\": expected a release, as "
				 "in 4.14",
				 kernel);
	if (!gfp_decode(&release, mask, &reading, why, sizeof(why)))
		return cli_usage("doc", "%s%s", why,
				 reading.from_number && !kernel ?
					 "; --kernel names another release" :
					 "");
	return print_mask(&reading);
}

/* -- topics ----------------------------------------------------------------- */

void cmd_doc_topics(void)
{
	printf("Topics:\n");
	for (size_t i = 0; i < nr_topics; i++)
		printf("  %-13s %s\n", topics[i].name, topics[i].help);
}

static int print_topics(void)
{
	cmd_doc_topics();
	printf("\nPrint one with: zonewalk doc TOPIC\n");
	return EXIT_GOOD;
}

static int print_topic(const char *name)
{
	struct text hint = hint_text(
		nearest_name(name, topics, nr_topics, sizeof(topics[0])));

	for (size_t i = 0; i < nr_topics; i++) {
		if (!strcmp(name, topics[i].name)) {
			topics[i].print(stdout);
			return EXIT_GOOD;
		}
	}
	return cli_usage("doc", "%s: no such topic%s", name,
			 *hint.s ? hint.s : "; zonewalk doc lists the topics");
}

int cmd_doc(const struct options *o)
{
	const char *topic = o->nr_arguments ? o->arguments[0] : "";

	if (o->nr_arguments == 2 && !strcmp(topic, "gfp"))
		return explain_mask(o->arguments[1], o->kernel);
	if (o->nr_arguments == 2)
		return cli_usage("doc", "too many arguments: \"%s\"",
				 o->arguments[1]);
	if (o->kernel)
		return cli_usage("doc", "--kernel: only with a mask, as in "
					"zonewalk doc gfp MASK");
	return *topic ? print_topic(topic) : print_topics();
}
