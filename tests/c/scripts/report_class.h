/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_class: a graded class of three. Alice passed everything, bob's
 * name and messages try to break every format, eve ran into a limit.
 */
#ifndef TESTS_REPORT_CLASS_H
#define TESTS_REPORT_CLASS_H

#include "report/report.h"

/* The report of submissions [first, end); grade_report_destroy() it. */
void report_class(struct grade_report *report, uint32_t first, uint32_t end);

#endif
