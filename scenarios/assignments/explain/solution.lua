-- SPDX-License-Identifier: GPL-2.0-or-later
-- A model solution of explain/assignment.lua.
say "a = ceiling"
say "b = nodemask"
say "c = cpuset"
