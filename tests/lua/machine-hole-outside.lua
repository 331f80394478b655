-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
machine { nodes = { { memory = "64M", holes = { pfn = 16383, pages = 2 } } } }
