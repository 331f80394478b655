-- SPDX-License-Identifier: GPL-2.0-or-later
-- Where is the page?
-- The sheet of wrong-blank.
--
-- Fill in the page numbers, and how many pages are free in DMA32.
--
-- These are the requests:
--
--    1  alloc order 5 GFP_HIGHUSER_MOVABLE, node 0, cpu 0: block1
--    2  alloc order 5 GFP_HIGHUSER_MOVABLE, node 0, cpu 0: block2
--    3  alloc order 5 GFP_HIGHUSER_MOVABLE, node 0, cpu 0: block3
--    4  free block2
--
-- Write your answers in the place of the question marks, and hand this in.

say "block1.pfn = ?"
say "free.after1 = ?"
say "block2.pfn = ?"
say "free.after2 = ?"
say "block3.pfn = ?"
say "free.after3 = ?"
say "free.at.end = ?"
