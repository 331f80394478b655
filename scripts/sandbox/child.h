/* SPDX-License-Identifier: GPL-2.0-or-later */
/* scenario_child: what the process does that runs a scenario apart. */
#ifndef SCRIPTS_SCENARIO_CHILD_H
#define SCRIPTS_SCENARIO_CHILD_H

/* Run what comes over socket @fd. Does not return. */
void scenario_child_forked(int fd);

#endif
