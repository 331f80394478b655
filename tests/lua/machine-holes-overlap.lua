-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
machine { nodes = { { memory = "64M", holes = { { pfn = 159, pages = 97 }, { pfn = 200, pages = "4M" } } } } }
