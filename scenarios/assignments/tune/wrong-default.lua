-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wrong: the given machine as it is; no sysctl was chosen.
machine { nodes = { { memory = "64M" } } }
