-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 06-high-order: what a request for a large block needs.

lesson { title = "High order", goal = "Distinguish the two refusals: too few pages, or no block.", minutes = 10 }

-- All 16M lie below the limit of zone DMA: the machine has one zone.
local m = machine { cpus = 1, nodes = { { memory = "16M" } } }
local function zone() return m:node(0):zone("DMA") end
local function take(order) return m:alloc { order = order, gfp = "GFP_HIGHUSER_MOVABLE" } end
local order = param("order", 6)
expect(order >= 6 and order <= 9, "choose an order from 6 to 9")
local size = 1 << order
local function largest()
	for o = m.max_order - 1, 0, -1 do
		if zone().nr_free[o] > 0 then return o end
	end
end

scene "Rounding"
local pages = ({ 11, 6, 5, 7 })[math.random(4)]
say(("The machine has one zone, DMA, with %d pages, all free."):format(zone().managed))
say "A driver needs contiguous pages. Look at the free lists."
local block
ask {
	("The driver needs %d contiguous pages. How many are allocated?"):format(pages),
	type = "number",
	feedback = {
		[pages] = "The free lists have only blocks of 1, 2, 4, 8 ... pages, and a request names an order.",
		[pages + 1] = "An even number is not enough: it has to be a power of two.",
	},
	run = function(t)
		local before, rounded = zone().free, 0
		while 1 << rounded < pages do rounded = rounded + 1 end
		block = take(rounded)
		local taken = before - zone().free
		return taken, ("Order %d, that is 2^%d = %d pages, is the smallest that is large enough."):format(
			rounded, rounded, taken), t:first "mm_page_alloc"
	end,
}
say(("%d of them are not needed. (alloc_pages_exact() frees those again.)"):format((1 << block.order) - pages))
say "The driver frees its block."
block:free()

scene "The request for a large block"
say "Now memory is used up, nearly."
local held = fold(("Blocks of order %d are allocated in pairs"):format(order - 1), function()
	local blocks = {}
	for o = 8, 5, -1 do m:alloc { order = o } end -- so that no block is stolen later (lesson 09)
	while zone().free - (size - 1) > zone().watermark.low do
		blocks[#blocks + 1] = take(order - 1)
		blocks[#blocks + 1] = take(order - 1)
	end
	return blocks
end)
say(("%d pages are free, and the low watermark is %d."):format(zone().free, zone().watermark.low))
say(("The largest free block has order %d."):format(largest()))
expect(largest() >= order, "a large enough block is free")
say [[The zone makes two checks (Linux 5.10). First: are enough pages free?
Second: is a large enough block free?]]

-- One request of that order: which of the two checks refuses it?
local function refusing_check(t)
	local b, reason = take(order)
	local check, area = t:first "watermark_check", t:first "free_area_check"
	local why = reason and reason.zones[1]
	expect(not b and check.ok == (why.check == "free_area"), "property: the second check is made only after the first")
	if check.ok then
		return 2, ("%d - %d > %d: enough pages. But no block of order %d or more is free; the largest has order %d."):format(
			check.free, check.unusable, check.watermark, order, largest()), area
	end
	return 1, ("The whole block but one page is subtracted first: %d - %d = %d, required more than %d."):format(
		check.free, check.unusable, check.free - check.unusable, check.watermark), check
end
local choices = {
	{ "the first: too few free pages", feedback = "More than enough pages are free, even without the block." },
	{ "the second: no free block", feedback = "A block is there; but after the request too few pages would be free." },
	{ "neither: a block is allocated", feedback = "Enough pages and a large block: both are necessary." },
}
ask {
	("A block of order %d is requested. Which check refuses it?"):format(order),
	choices = choices,
	run = refusing_check,
}
say(("%d free pages less %d are below the watermark, although the block was free."):format(zone().free, size - 1))
say "For a single page nothing is subtracted: the same zone would still serve it."

scene "The same request again"
say "Other tasks free and allocate memory. Watch the number of free pages."
local halves = {}
fold("Blocks are freed and allocated", function()
	for i = 1, #held - 1, 2 do
		local free = i + math.random(0, 1)
		held[free]:free()
		halves[#halves + 1] = held[2 * i + 1 - free]
	end
	while largest() >= order do take(order) end
end)
say(("Now %d pages are free, many times the watermark (%d)."):format(zone().free, zone().watermark.low))
ask {
	("A block of order %d is requested once more. Which check refuses it?"):format(order),
	choices = choices,
	run = refusing_check,
}
say "One block of each pair is free, and its buddy is in use: none can merge."
say "Memory in pieces like this is fragmented."
say "In the slow path, compaction would move pages together (not modelled)."

scene "One block more"
local numbers = param("pairs", "1")
local start = halves[1].pfn & ~(size - 1)
say(("Pair 1 begins at pfn %d, pair 2 at %d, pair 3 at %d, pair 4 at %d."):format(
	start, start + size, start + 2 * size, start + 3 * size))
say(("Of pair %s the other block is freed as well."):format(numbers))
local biggest
ask {
	("Of pair %s both blocks are free then. Of which order is the largest free block?"):format(numbers),
	type = "order",
	feedback = {
		[order - 1] = "The buddy is free too: the two blocks of the pair merge.",
		[order + 1] = "For that the buddy of the merged block would have to be free, a whole pair.",
	},
	run = function(t)
		for i in numbers:gmatch "%d+" do halves[tonumber(i)]:free() end
		biggest = largest()
		local merge = t:first "buddy_merge"
		return biggest, ("%d and %d merge to one block of order %d."):format(merge.pfn, merge.buddy, merge.merged_order)
	end,
}
say(("%d pages are free, only a few more, and a block of order %d is there."):format(zone().free, biggest))
say "The request for the large block is made for the third time."
local served = take(order)
expect(served and served.pfn % size == 0, "property: two buddies form the block")
say(("The request is served: pfn %d. A block was missing, not pages."):format(served.pfn))

takeaway "A request for a block has to pass two checks: enough free pages, and a free block that is large enough."
takeaway "Many free pages do not help if no two of them are buddies."
exercise {
	"Change the default of param(\"pairs\") so that a block of the next larger order is free.",
	checks = { { "a block of order " .. order + 1 .. " is free", biggest > order }, { "every invariant holds", m:check() } },
	variants = { { "pairs=2 3", "two pairs side by side" }, { "order=8", "blocks of 256 pages" } },
}

-- For the teacher. The belief to correct: "the sum of the free pages decides".
-- __zone_watermark_ok() makes two checks, one after the other: are enough
-- pages free, and is a large enough block free? Let the class find an example
-- for each before you show it. The machine is small on purpose.
--
-- Linux 5.10; the two checks are unchanged. Since 5.14 blocks up to order 3
-- may be on the per-cpu lists, where the second check does not see them.
