/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * property_host: the functions in C that the Lua files of the assignment
 * language use, as a table `host`. Machines are numbered from 0, steps and
 * requests from 1.
 */
#ifndef SCRIPTS_GRADE_PROPERTY_HOST_H
#define SCRIPTS_GRADE_PROPERTY_HOST_H

#include "lua/api.h"

/* Push the table `host`. */
void property_push_host(lua_State *L);
/* The request that @step belongs to, from 1; 0: none. */
uint32_t property_request_at(const struct session *s, uint32_t step);

/* property_names.c: add the functions that check names to the table on top. */
void property_set_names(lua_State *L);
/* The field of an event; raises and names the nearest. */
const struct event_field *property_check_field(lua_State *L, const char *event,
					       const char *name);

#endif
