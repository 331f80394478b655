-- SPDX-License-Identifier: GPL-2.0-or-later
-- Which page is allocated?
-- The answer template of predict.
--
-- Fill in the page frame numbers (pfn) and the number of free pages of zone DMA32.
--
-- The machine: 1 node, 1 cpu. Free blocks (pfn) from the head of each list:
--
--   node 0 DMA: 4095 pages, 4095 free; watermarks: min 63, low 78, high 93; per-cpu batch 1
--     order 10, movable: 1024 2048 3072
--     order 9, movable: 512
--     order 8, unmovable: 256
--     order 7, unmovable: 128
--     order 6, unmovable: 64
--     order 5, unmovable: 32
--     order 4, unmovable: 16
--     order 3, unmovable: 8
--     order 2, unmovable: 4
--     order 1, unmovable: 2
--     order 0, unmovable: 1
--   node 0 DMA32: 12288 pages, 12288 free; watermarks: min 191, low 238, high 285; per-cpu batch 3
--     order 10, movable: 4096 5120 6144 7168 8192 9216 10240 11264 12288 13312 14336 15360
--
-- The requests:
--
--    1  alloc order 5 GFP_HIGHUSER_MOVABLE, node 0, cpu 0, for block1
--    2  alloc order 4 GFP_HIGHUSER_MOVABLE, node 0, cpu 0, for block2
--    3  alloc order 2 GFP_HIGHUSER_MOVABLE, node 0, cpu 0, for block3
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
