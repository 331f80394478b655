/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * task_flags: the flags of the task that makes requests, a row each.
 *
 *   FLAG(name, text, help)
 *
 * name  in struct task, in the event set_task, in JSON and in m:task{}.
 * text  what the event's text says when the flag is set.
 * help  of the key of m:task{}; a flag is false by default.
 *
 * struct task, events.def, requests.def, JSON and Lua loop over these rows:
 * to add a flag, add its row and the code in engine/mm/ that reads it.
 */
#ifndef ENGINE_TASK_FLAGS_H
#define ENGINE_TASK_FLAGS_H

/* Flags of a state in every recording. */
#define FORMAT_1_TASK_FLAGS(FLAG)                                              \
	FLAG(realtime, "real-time", "the task has real-time priority")         \
	FLAG(nocma, "PF_MEMALLOC_NOCMA",                                       \
	     "PF_MEMALLOC_NOCMA: the task may not use CMA pages")

/* Flags of a state in snapshots and in recordings of format 2. */
#define FORMAT_2_TASK_FLAGS(FLAG)                                              \
	FLAG(interrupt, "in an interrupt", "requests come from an interrupt")  \
	FLAG(oom_victim, "OOM victim", "the OOM killer has chosen the task")   \
	FLAG(exiting, "exiting", "PF_EXITING: the task is exiting")            \
	FLAG(memalloc, "PF_MEMALLOC",                                          \
	     "PF_MEMALLOC: the task is reclaiming memory")

#define TASK_FLAGS(FLAG) FORMAT_2_TASK_FLAGS(FLAG) FORMAT_1_TASK_FLAGS(FLAG)

/* The part of an event's text that appears when the flag is set. */
#define TASK_FLAG_TEXT(name, text, help) "{" #name "?, " text ":}"

#endif
