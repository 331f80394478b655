-- SPDX-License-Identifier: GPL-2.0-or-later
-- A model solution of explain/assignment.lua.
say "a = highest_zoneidx"
say "b = nodemask"
say "c = cpuset"
