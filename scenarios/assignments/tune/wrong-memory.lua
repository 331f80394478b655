-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wrong: a larger machine is not a sysctl.
machine { nodes = { { memory = "128M" } }, sysctl = { min_free_kbytes = 256 } }
