-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 05-watermarks: when a zone with free pages serves a request.

lesson { title = "Watermarks", goal = "Predict when a watermark refuses a zone that has free pages.", minutes = 10 }

local kbytes = ({ 16384, 32768, 65536, 49152 })[math.random(4)]
local m = machine { cpus = 1, nodes = { { memory = "2G" } }, max_order = 14, sysctl = { min_free_kbytes = kbytes } }
local MOVABLE = "GFP_HIGHUSER_MOVABLE"
local function zone(name) return m:node(0):zone(name or "DMA32") end
local watermark = zone().watermark
expect(watermark.low == watermark.min + watermark.min // 4, "low = min + min/4")

local checks = {}
on.watermark_check(function(e) checks[#checks + 1] = e end)

-- Allocate blocks, the smallest first, until exactly @target pages are free,
-- apart from the per-cpu list. Each drain and refill takes one page more.
local function leave(name, gfp, target, flags)
	local function rest() return zone(name).free_exact - target end
	local function take(order) return assert(m:alloc { order = order, gfp = gfp, alloc_flags = flags }) end
	local page
	repeat
		m:drain()
		page = take(0)
	until rest() % 2 == 0
	for order = 1, m.max_order - 1 do
		if rest() >> order & 1 == 1 then take(order) end
	end
	while rest() > 0 do take(m.max_order - 1) end
	if not flags then page:free() end
end
local function above(wmark) return zone("DMA").watermark[wmark] + zone("DMA").lowmem_reserve[3] end

scene "Three numbers of a zone"
say "A zone that has free pages may still refuse a request: some must stay free."
say "How many is set by three watermarks (Linux 5.10). Look at min, low and high."
say(("min is the share of DMA32 in vm.min_free_kbytes = %d. low and high add a\nquarter of min each: %d, %d, %d."):format(
	kbytes, watermark.min, watermark.low, watermark.high))
say [[This kernel is built for orders up to 13 (a default kernel for 10), so that
few requests use up the 2 GiB: that is why the lists have an order 13.]]
local more = param("more", 0)
fold("Requests use up memory, down to the low watermark", function()
	leave("DMA", "GFP_DMA|__GFP_MOVABLE", above "low") -- lesson 07
	leave("DMA32", MOVABLE, watermark.low + more)
end)
say "A request in the fast path is checked against the low watermark."
say(("DMA32: %d pages are free, and its low watermark is %d."):format(zone().free, watermark.low))
local first
ask {
	"One page is requested. What does zone_watermark_fast() return for DMA32?",
	choices = {
		{ "true: there are free pages", feedback = "Free pages alone are not enough: there must be more of them than the watermark." },
		{ "true: the watermark is reached, not crossed", feedback = "The comparison is strict: equal does not pass." },
		"false: free must be more than the watermark",
		{ "false: the free list of order 0 is empty", feedback = "The watermark check of one page looks at no list." },
	},
	run = function(t)
		first = m:alloc { gfp = MOVABLE }
		local check = t:first "watermark_check"
		return first and 1 or 3, ("%d > %d is %s."):format(check.free, check.watermark, check.ok), check
	end,
}
if not first then
	say(("%d pages are free, and none of them is allocated."):format(zone().free))
	say "Zone DMA refuses as well: there the request has to leave more (lesson 07)."
	say "No zone is left. The request enters the slow path, although pages are free."
end

scene "What the slow path does first"
say "It wakes kswapd, which frees memory until the zones are above high again."
say "Then it calls get_page_from_freelist() once more, with the min watermark."
local flags = param("flags", "WMARK_MIN|KSWAPD")
say("This second walk has other flags: " .. flags)
local second
ask {
	("Does the same request with %s get a page?"):format(flags),
	type = "yesno",
	feedback = { no = "The watermark is lower: more of the free pages may be used." },
	run = function(t)
		second = m:alloc { gfp = MOVABLE, alloc_flags = flags }
		local check = t:first "watermark_check"
		return second ~= nil, ("%d free, required more than %d."):format(check.free, check.watermark), check
	end,
}
if second then
	say(("pfn %d is allocated: the same free pages, another watermark."):format(second.pfn))
	say "The page is freed again."
	second:free()
end

scene "At the min watermark"
say "More such requests follow, until the min watermark is reached as well."
fold("Requests use up memory, down to the min watermark", function()
	leave("DMA", "GFP_DMA|__GFP_MOVABLE", above "min", "WMARK_MIN")
	leave("DMA32", MOVABLE, watermark.min, "WMARK_MIN")
end)
say(("DMA32: %d pages are free, and its min watermark is %d."):format(zone().free, watermark.min))
ask {
	("%d pages are free. Does a request with WMARK_MIN get one of them?"):format(zone().free),
	type = "yesno",
	feedback = { yes = "The comparison is the same for each watermark: free must be more." },
	run = function(t)
		local b, check = m:alloc { gfp = MOVABLE, alloc_flags = "WMARK_MIN" }, t:first "watermark_check"
		return b ~= nil, ("%d > %d is %s."):format(check.free, check.watermark, check.ok), check
	end,
}
say "No page with WMARK_MIN: the slow path has to free memory itself."
say "It compacts and reclaims memory; at last it calls the OOM killer."
say [[A GFP_ATOMIC request cannot wait for that. It may go below min: ALLOC_HIGH
subtracts half of it, then ALLOC_HARDER a quarter of what is left.]]
local half = watermark.min - watermark.min // 2
ask {
	("min is %d. How many pages must be free, at least, for one such page?"):format(watermark.min),
	type = "number",
	feedback = {
		[half - half // 4] = "The comparison is strict: one page more.",
		[half + 1] = "That is ALLOC_HIGH without ALLOC_HARDER.",
	},
	run = function(t)
		local b = m:alloc { gfp = "GFP_ATOMIC|__GFP_MOVABLE", alloc_flags = "WMARK_MIN|HIGH|HARDER" }
		local check = t:first "watermark_check"
		expect(b, "a GFP_ATOMIC request may go below min")
		return check.watermark + 1, ("%d - %d = %d, and %d - %d = %d; free must be more."):format(watermark.min,
			watermark.min - half, half, half, half - check.watermark, check.watermark), check
	end,
}
for _, e in ipairs(checks) do
	expect(e.ok == (e.free - e.unusable > e.watermark + e.lowmem_reserve),
		"property: usable > watermark + lowmem_reserve decides")
end
say(("%d watermark checks were made, all by the same comparison."):format(#checks))

takeaway "A zone passes only if its free pages are more than the watermark."
takeaway "A request that enters the slow path has not necessarily met an empty zone."
exercise {
	"Find the smallest default of param(\"more\") with which the first request is served.",
	checks = { { "the first request is served", first ~= nil }, { "one page fewer would not be enough", more == 1 } },
	variants = { { "flags=WMARK_HIGH", "the second request checked against high" },
		{ "flags=WMARK_LOW|HARDER", "low, less a quarter" } },
}

-- For the teacher. The belief to correct: "a failed order-0 allocation means
-- that no page was free". Have the class compute the three watermarks of DMA32
-- from min_free_kbytes first.
--
-- Linux 5.10. Watermarks are still computed this way; 6.3 changed how far
-- below min a request may go.
