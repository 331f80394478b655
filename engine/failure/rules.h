/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rules: where the kernel of a report differs from 5.10, the kernel of the
 * engine. rules.def is the table.
 */
#ifndef ENGINE_FAILURE_RULES_H
#define ENGINE_FAILURE_RULES_H

#include "import/report.h"

enum explain_rule {
#define RULE(name, since, until, orders, kind, text) RULE_##name,
#include "failure/rules.def"
	NR_RULES
};

/*
 * Does the rule hold for @release? For an unknown one none holds: it is taken
 * for 5.10.
 */
bool explain_rule(const struct release *release, enum explain_rule rule);

const char *explain_rule_name(enum explain_rule rule);
const char *explain_rule_text(enum explain_rule rule);
/* Is it about requests of @order? */
bool explain_rule_concerns(enum explain_rule rule, unsigned int order);
/*
 * Where the report has no release, give it one that its gfp mask leaves: a
 * number without names, of a kernel older than 4.4. A warning says so.
 */
void rules_guess_release(struct report *r);
/* Is it only about numbers that are taken as printed? */
bool explain_rule_is_taken(enum explain_rule rule);

#endif
