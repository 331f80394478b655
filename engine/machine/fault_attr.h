/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fault_attr: the attributes of fault injection (fail_page_alloc), a row each.
 *
 *   ATTR(kind, name, otherwise, min, max, help)
 *
 * kind       of the field in events and requests: enum field_kind.
 * name       the kernel's, in /sys/kernel/debug/fail_page_alloc.
 * otherwise  the kernel's default. As it ships, probability is 0 and nothing
 *            fails; nor would a request of order 0, or one that may reclaim.
 * help       of the key of m:fault{}.
 *
 * struct fault_attr, events.def, requests.def, JSON and Lua loop over these
 * rows: to add an attribute, add its row and the code in engine/mm/fault.h.
 */
#ifndef ENGINE_FAULT_ATTR_H
#define ENGINE_FAULT_ATTR_H

#define FAULT_ATTRS(ATTR)                                                      \
	ATTR(count, probability, 0, 0, 100,                                    \
	     "how many percent of the requests fail")                          \
	ATTR(count, interval, 1, 0, INT32_MAX,                                 \
	     "of the requests that may fail, only every interval-th does")     \
	ATTR(signed, times, 1, -1, INT32_MAX,                                  \
	     "how many requests fail; -1: no limit")                           \
	ATTR(count, space, 0, 0, INT32_MAX,                                    \
	     "pages that are allocated before a request fails")                \
	ATTR(order, min_order, 1, 0, MAX_ORDER_LIMIT - 1,                      \
	     "requests of a lower order do not fail")                          \
	ATTR(flag, ignore_gfp_highmem, 1, 0, 1,                                \
	     "requests with __GFP_HIGHMEM do not fail")                        \
	ATTR(flag, ignore_gfp_reclaim, 1, 0, 1,                                \
	     "requests with __GFP_DIRECT_RECLAIM do not fail")                 \
	ATTR(count, seed, 0, 0, INT32_MAX,                                     \
	     "seeds the random numbers of probability; not the kernel's")

#endif
