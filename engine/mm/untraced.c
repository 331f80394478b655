/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * quiet: the allocator when nobody listens: state is written by plain
 * stores, and trace() is nothing. See state.h.
 */
#define LISTENING 0
#define DOOR(name) machine_##name

#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wunused-function"
#endif

#include "mm/allocator.c"
