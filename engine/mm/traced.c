/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * listening: the allocator when somebody listens: every write is logged,
 * every event told. Also holds the doors that only the owner of a machine
 * uses, which need not be fast. See state.h.
 */
#define LISTENING 1
#define DOOR(name) listening_##name

#include "mm/control.c"
