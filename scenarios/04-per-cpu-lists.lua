-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 04-per-cpu-lists: the pages of a cpu, and how requests use them.

lesson { title = "Per-cpu lists", goal = "See refill, hit and bulk free; say when a list cannot be used.", minutes = 10 }

local m = machine { cpus = 1, nodes = { { memory = "64M" } } }
local MOVABLE = "GFP_HIGHUSER_MOVABLE"
local function zone(name) return m:node(0):zone(name or "DMA32") end
local function pcp() return zone():pcp(0) end
local held = {}
local function take() held[#held + 1] = assert(m:alloc { gfp = MOVABLE }) end
local function put() table.remove(held):free() end

scene "Refill and hit"
say [[A request of order 0 does not use the free lists of the zone: each cpu has a
list of free pages of its own for each zone and migratetype (Linux 5.10).]]
say(("Look at DMA32: %d pages are free. All per-cpu lists are empty."):format(zone().free))
local before = zone().free
ask {
	"One page is requested. By how much does NR_FREE_PAGES of DMA32 fall?",
	type = "number",
	feedback = { ["1"] = "One page is allocated; more leave the free lists.", ["0"] = "The per-cpu list is empty." },
	run = function(t)
		take()
		local refill = t:first "pcp_refill_done"
		expect(pcp().count == pcp().batch - 1, "the rest of the batch is on the per-cpu list")
		return before - zone().free, ("The refill took a batch, %d pages, and subtracted it once."):format(refill.taken), refill
	end,
}
say(("One page is allocated, %d are on the per-cpu list."):format(pcp().count))
say "A second page is requested."
before = zone().free
ask {
	"By how much does NR_FREE_PAGES fall this time?",
	type = "number",
	feedback = { ["1"] = "It was subtracted when it came to the list.", ["3"] = "The list is not empty: no refill." },
	run = function(t)
		take()
		local hit = t:first "pcp_hit"
		return before - zone().free, ("pfn %d was on the per-cpu list and had been subtracted already."):format(hit.pfn), hit
	end,
}

scene "The ends of the list"
local waiting = pcp():list "movable"[1]
say(("The per-cpu list has one page, pfn %d. Now pfn %d is freed."):format(waiting, held[1].pfn))
ask {
	("pfn %d is freed, then a page is requested. Which pfn is allocated?"):format(held[1].pfn),
	type = "pfn",
	feedback = { [waiting] = "It has waited longer; the page freed last is probably still in the cpu's cache." },
	run = function(t)
		local page = table.remove(held, 1)
		page:free()
		take()
		return held[#held].pfn, "A freed page goes to the head of the list, and requests take from the head.", t:first "pcp_hit"
	end,
}
expect(pcp():list "movable"[1] == waiting, "freed last, allocated first")
say "The list does not grow without limit: the limit is called high."
fold("Pages are allocated, then freed until the list is one below high", function()
	while #held < pcp().high + pcp().batch do take() end
	while pcp().count < pcp().high - 1 do put() end
end)
say(("%d pages are on the list, and high is %d. One more page is freed."):format(pcp().count, pcp().high))
ask {
	"How many pages go back to the free lists of the zone?",
	type = "number",
	feedback = {
		["0"] = "With this page the count reaches high: that is the limit.",
		["1"] = "One at a time would take the zone's lock for each page; a batch takes it once.",
		[pcp().high] = "That is a drain. Here most pages stay: the next requests will need them.",
	},
	run = function(t)
		put()
		local bulk = t:first "pcp_bulk_free"
		return t:count "mm_page_pcpu_drain", ("The count reached %d, high: one batch is freed, %d pages from the tail."):format(
			bulk.count, bulk.nr), bulk
	end,
}
expect(pcp().count == pcp().high - pcp().batch, "high minus one batch")
say(("The pages of the tail were freed first: they are the coldest. %d pages stay."):format(pcp().count))

scene "Pages on the list"
fold("Requests use up the memory", function()
	m:drain()
	while #held < 8 * pcp().batch do take() end
	-- Zone DMA must not serve the request. Its first pageblock is unmovable, so
	-- unmovable requests use it up: no block is stolen (lesson 09).
	for order = 8, 0, -1 do m:alloc { order = order, gfp = "GFP_DMA" } end
	local required = zone("DMA").watermark.low + zone("DMA").lowmem_reserve[3]
	for order = 10, 0, -1 do
		m:fill { order = order, gfp = "GFP_DMA|__GFP_MOVABLE", leave = required, zone = "DMA" }
	end
	-- These blocks are larger than stat_threshold: no per-cpu diff hides them (lesson 12).
	for order = 10, 2, -1 do
		m:fill { order = order, gfp = MOVABLE, leave = zone().watermark.low + 2, zone = "DMA32" }
	end
	take()
end)
local freed = param("freed", ({ 3, 8, 5, 11 })[math.random(4)])
say "Memory is nearly used up. Then the task frees some pages."
fold(("Pages freed: %d"):format(freed), function() for _ = 1, freed do put() end end)
say(("%d pages were freed: %d are on the per-cpu list.\nDMA32: %d pages are free; its low watermark is %d."):format(
	freed, pcp().count, zone().free, zone().watermark.low))
local served
ask {
	"One page is requested. What happens?",
	choices = {
		{ "a page of the per-cpu list is allocated", feedback = "A zone has to pass its checks before a list is used." },
		{ "the per-cpu list is refilled first", feedback = "A list is refilled when it is empty, not before." },
		"no zone serves it: it enters the slow path",
	},
	run = function(t)
		served = m:alloc { gfp = MOVABLE }
		local check = t:first "watermark_check"
		return served and 1 or 3, ("The watermark is checked first: %d free, required more than %d. "
			.. "Pages on a per-cpu list do not count as free."):format(check.free, check.watermark), check
	end,
}
expect(served or pcp().count == freed + pcp().batch - 1, "property: a refused zone's per-cpu list is unchanged")
say [[In the slow path the kernel may drain the per-cpu lists: drain_all_pages()
returns their pages to the free lists.]]
fold("The per-cpu lists are drained", function() m:drain() end)
say(("The list is empty, and %d pages of DMA32 are free."):format(zone().free))
ask {
	"Does the same request get a page now?",
	type = "yesno",
	feedback = { no = "The drained pages are on the free lists, and free is above the watermark." },
	run = function(t)
		local b, check = m:alloc { gfp = MOVABLE }, t:first "watermark_check"
		return b ~= nil, ("%d is more than %d: the same pages, but now they count."):format(check.free, check.watermark), check
	end,
}

takeaway "Pages on a per-cpu list are fast to take, but they do not count as free."
takeaway "The watermark is checked first: a request can enter the slow path while its cpu's list has pages."
exercise {
	"Change the default of param(\"freed\") so that the request is served without a drain. (How large must the list get?)",
	checks = { { "the request is served before the drain", served ~= nil }, { "every invariant holds", m:check() } },
	variants = { { "freed=1", "fewer pages on the list" }, { "freed=15", "the list nearly reaches high" } },
}

-- For the teacher. The belief to correct: "pages on my per-cpu list are always
-- available to me". Draw the list with its head and its tail on the board.
--
-- Linux 5.10, where only order 0 uses per-cpu lists. Since 5.14 orders 0 to 3
-- (and the huge page's order) use them, and `high` changes with the load; the
-- watermark is still checked first.
