-- SPDX-License-Identifier: GPL-2.0-or-later
-- Partly right: two of three answers.
say "a = highest_zoneidx"
say "b = nodemask"
say "c = nodemask"
