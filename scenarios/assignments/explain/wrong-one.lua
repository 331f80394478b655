-- SPDX-License-Identifier: GPL-2.0-or-later
-- Two of three.
say "a = ceiling"
say "b = nodemask"
say "c = nodemask"
