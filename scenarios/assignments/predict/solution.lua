-- SPDX-License-Identifier: GPL-2.0-or-later
-- Which page is allocated?
-- The answer template of predict.
--
-- Fill in the page frame numbers (pfn) and the number of free pages of zone DMA32.
--
-- The requests:
--
--    1  alloc order 5 GFP_HIGHUSER_MOVABLE, node 0, cpu 0: block1
--    2  alloc order 4 GFP_HIGHUSER_MOVABLE, node 0, cpu 0: block2
--    3  alloc order 2 GFP_HIGHUSER_MOVABLE, node 0, cpu 0: block3
--    4  free block1
--
-- Replace each question mark by your answer and submit this file.

say "block1.pfn = 4096"
say "free.after1 = 12256"
say "block2.pfn = 4128"
say "free.after2 = 12240"
say "block3.pfn = 4144"
say "free.after3 = 12236"
say "free.at.end = 12268"
