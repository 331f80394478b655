/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facts_text: what else the numbers say, the rules, and the unknown. */
#include "failure/explain_private.h"

#include <inttypes.h>

#include "import/report_machine.h"

/* An item of a list, of what was added. */
static void item(struct print *p)
{
	print_end(p, 4);
}

static void heading(struct print *p, const char *text)
{
	fprintf(p->out, "\n%s\n", text);
}

/* -- facts ---------------------------------------------------------------- */

/* "4", or "4 to 7" */
static void put_range(struct print *p, struct explain_range range)
{
	print_add(p, "%" PRId64, range.least);
	if (range.most != range.least)
		print_add(p, " to %" PRId64, range.most);
}

static void put_boost(const struct explain_facts *f,
		      const struct report_zone *z, struct print *p)
{
	char name[32];

	print_add(p, "  - %s: min %" PRId64 " includes a watermark_boost of ",
		  explain_zone_name(z, name), report_number(z, REPORT_min));
	put_range(p, f->boost);
	print_add(p,
		  " pages: low - min is %" PRId64 ", so the unboosted min is ",
		  f->gap);
	put_range(p, f->unboosted_min);
	item(p);
}

static void put_min_free(const struct explanation *x, struct print *p)
{
	const int64_t huge = (int64_t)x->khugepaged_kbytes;

	print_add(p, "  - min_free_kbytes is ");
	put_range(p, x->min_free_kbytes);
	print_add(p, ", the sum of every zone's min");
	if (huge >= x->min_free_kbytes.least && huge <= x->min_free_kbytes.most)
		print_add(p, "; khugepaged sets it to %" PRId64, huge);
	item(p);
}

/* Of an OOM, the check that comes before a task is killed. */
static void put_facts(const struct explanation *x, struct print *p)
{
	const struct report *r = x->report;

	heading(p, "What else the numbers say:");
	for (uint32_t i = 0; i < r->nr_zones; i++)
		if (x->facts[i].has_boost)
			put_boost(&x->facts[i], &r->zones[i], p);
	for (uint32_t i = 0; i < r->nr_zones; i++) {
		char name[32];

		if (!x->facts[i].has_highatomic ||
		    !x->facts[i].highatomic.least)
			continue;
		print_add(p, "  - %s: its highatomic reserve is ",
			  explain_zone_name(&r->zones[i], name));
		put_range(p, x->facts[i].highatomic);
		print_add(p, " pages: free H blocks are there");
		item(p);
	}
	if (x->has_min_free_kbytes)
		put_min_free(x, p);
}

static bool has_facts(const struct explanation *x)
{
	for (uint32_t i = 0; i < x->report->nr_zones; i++)
		if (x->facts[i].has_boost || (x->facts[i].has_highatomic &&
					      x->facts[i].highatomic.least))
			return true;
	return x->has_min_free_kbytes;
}

/* -- rules ---------------------------------------------------------------- */

static void put_rules(const struct explanation *x, bool taken,
		      const char *title, struct print *p)
{
	bool any = false;

	for (unsigned int rule = 0; rule < NR_RULES; rule++) {
		if (!explain_rule(&x->report->release, rule) ||
		    explain_rule_is_taken(rule) != taken ||
		    (x->has_request && !explain_rule_concerns(rule, x->order)))
			continue;
		if (!any)
			heading(p, title);
		any = true;
		print_add(p, "  - %s", explain_rule_text(rule));
		item(p);
	}
}

/* -- the unknown ---------------------------------------------------------- */

static void put_unknown(const struct explanation *x, struct print *p)
{
	const bool is_costly = x->order > 3;

	heading(p, "What the report cannot say:");
	if (x->report->request.event == REPORT_NO_REQUEST)
		print_add(p, "  - it is of one moment: the next request may "
			     "find other numbers");
	else
		print_add(p, "  - it was written after the failure: pages may "
			     "have been freed or allocated in between");
	item(p);
	if (!x->order) {
		print_add(p,
			  "  - order 0 is served from the per-cpu lists "
			  "once the watermark allows the zone: the report "
			  "does not show %s",
			  x->report->zones[0].nr_cpus ?
				  "which migratetypes they hold" :
				  "them");
		item(p);
	}
	if (x->machine.system->task.memalloc) {
		print_add(p, "  - kswapd may ignore the watermarks, unless a "
			     "hardirq made the request: the report does not "
			     "say which");
		item(p);
	}
	if (is_costly) {
		print_add(p, "  - an order above 3 is costly: the slow path "
			     "does not kill a task for it, and gives up when "
			     "compaction finds no block");
		item(p);
	}
	if (x->is_memcg) {
		print_add(p, "  - which limit the memory cgroup reached: see "
			     "the memory: lines of the log");
		item(p);
	}
}

static void put_warnings(const struct report *r, struct print *p)
{
	if (r->nr_warnings)
		heading(p, "Warnings:");
	for (uint32_t i = 0; i < r->nr_warnings; i++) {
		print_add(p, "  - %s", r->warnings[i]);
		item(p);
	}
}

void explain_facts_text(const struct explanation *x, struct print *p)
{
	if (has_facts(x))
		put_facts(x, p);
	put_rules(x, false,
		  "Where this kernel differs from 5.10, and is "
		  "followed:",
		  p);
	put_rules(x, true,
		  "Where it differs, and its numbers are taken as "
		  "printed:",
		  p);
	if (x->has_request)
		put_unknown(x, p);
	put_warnings(x->report, p);
}
