/* SPDX-License-Identifier: GPL-2.0-or-later */
/* child: the process that runs a scenario. */
#ifndef SCRIPTS_CHILD_H
#define SCRIPTS_CHILD_H

/*
 * The first call in main() of a program that defines ISOLATE_PROGRAM
 * (isolate.h): does not return in a process started to run a scenario.
 */
void scenario_child(int argc, char **argv);

/* Run the scenario that arrives on socket @fd. Does not return. */
void scenario_child_forked(int fd);

#endif
