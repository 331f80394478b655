-- SPDX-License-Identifier: GPL-2.0-or-later
-- Partly right: all succeed, but with the defaults many pages stay unused.
machine { nodes = { { memory = "64M" } } }
