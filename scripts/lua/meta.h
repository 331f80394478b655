/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_meta: the language as text, from its tables: for people (zonewalk doc
 * lua) and for editors and checkers (zonewalk init, zonewalk doc luals and
 * luacheck).
 */
#ifndef SCRIPTS_LUA_META_H
#define SCRIPTS_LUA_META_H

#include <stdio.h>

/* The manual: each function, its keys, the tables that are given. */
void meta_manual(FILE *out);
/* Annotations for the Lua language server. */
void meta_luals(FILE *out);
/* A configuration of luacheck. */
void meta_luacheck(FILE *out);

#endif
