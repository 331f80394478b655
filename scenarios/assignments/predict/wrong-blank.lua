-- SPDX-License-Identifier: GPL-2.0-or-later
-- Which page is allocated?
-- The answer template of wrong-blank.
--
-- Fill in the page frame numbers (pfn) and the number of free pages of zone DMA32.
--
-- The requests:
--
--    1  alloc order 5 GFP_HIGHUSER_MOVABLE, node 0, cpu 0: block1
--    2  alloc order 5 GFP_HIGHUSER_MOVABLE, node 0, cpu 0: block2
--    3  alloc order 5 GFP_HIGHUSER_MOVABLE, node 0, cpu 0: block3
--    4  free block2
--
-- Replace each question mark by your answer and submit this file.

say "block1.pfn = ?"
say "free.after1 = ?"
say "block2.pfn = ?"
say "free.after2 = ?"
say "block3.pfn = ?"
say "free.after3 = ?"
say "free.at.end = ?"
