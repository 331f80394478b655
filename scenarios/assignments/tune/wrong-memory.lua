-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wrong: only sysctls may differ, not the memory.
machine { nodes = { { memory = "128M" } }, sysctl = { min_free_kbytes = 256 } }
