-- SPDX-License-Identifier: GPL-2.0-or-later
-- Two of three.
say "a = highest_zoneidx"
say "b = nodemask"
say "c = nodemask"
