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
