/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rules: the table rules.def, by release. */
#include "failure/explain.h"

#include <stdio.h>

/* A patch number has three digits: 4.9.337. */
#define RELEASE(major, minor, patch)                                           \
	((major)*UINT64_C(1000000000) + (minor)*UINT64_C(100000) + (patch))
#define OLDEST UINT64_C(0)
#define NEWEST UINT64_MAX

enum orders { ALL, ORDER_0, HIGHER };
enum kind { APPLIED, TAKEN };

static const struct rule {
	const char *name;
	uint64_t since, until;
	enum orders orders;
	enum kind kind;
	const char *text;
} rules[NR_RULES] = {
#define RULE(name, since, until, orders, kind, text)                           \
	{ #name, since, until, orders, kind, text },
#include "failure/rules.def"
};

bool explain_rule(const struct release *release, enum explain_rule rule)
{
	const uint64_t number =
		RELEASE(release->major, release->minor, release->patch);

	return release->major && number >= rules[rule].since &&
	       number < rules[rule].until;
}

const char *explain_rule_name(enum explain_rule rule)
{
	return rules[rule].name;
}

const char *explain_rule_text(enum explain_rule rule)
{
	return rules[rule].text;
}

bool explain_rule_concerns(enum explain_rule rule, unsigned int order)
{
	return rules[rule].orders == ALL ||
	       (rules[rule].orders == ORDER_0) == !order;
}

bool explain_rule_is_taken(enum explain_rule rule)
{
	return rules[rule].kind == TAKEN;
}

/* From 3.8 on a report prints the migratetypes of the free lists. */
static bool has_untyped_lists(const struct report *r)
{
	bool has_lists = false;

	for (uint32_t i = 0; i < r->nr_zones; i++)
		for (unsigned int o = 0; o < MAX_ORDER_LIMIT; o++) {
			if (r->zones[i].list[o].types)
				return false;
			has_lists |= r->zones[i].list[o].nr_blocks > 0;
		}
	return has_lists;
}

void rules_guess_release(struct report *r)
{
	/* __GFP_KSWAPD_RECLAIM of 4.4 and 4.5: few masks lack it */
	const uint64_t since_4_4 = 0x2000000;

	if (r->release.major || !r->request.has_mode || *r->request.gfp_text ||
	    r->request.mode & since_4_4)
		return;
	if (has_untyped_lists(r)) {
		r->release = (struct release){ 3, 4, 0, "older than 3.8" };
		report_warn(r, "the kernel's release is not in the report; "
			       "from 3.8 on the free lists would have their "
			       "migratetypes");
	} else {
		r->release = (struct release){ 4, 3, 0, "older than 4.4" };
		report_warn(r, "the kernel's release is not in the report; "
			       "its gfp mask is one of a kernel older than "
			       "4.4");
	}
}

bool explain_set_release(struct report *r, const char *text)
{
	struct release release = { .major = 0 };

	if (sscanf(text, "%3u.%3u.%3u", &release.major, &release.minor,
		   &release.patch) < 2 ||
	    !release.major)
		return false;
	snprintf(release.text, sizeof(release.text), "%s", text);
	r->release = release;
	return true;
}
