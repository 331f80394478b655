-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 07-lowmem-reserve: which requests a low zone serves.

lesson { title = "Lowmem reserve", goal = "Say which requests may use the last free pages of zone DMA.", minutes = 10 }

local ratio = param("ratio", 256)
local m = machine {
	cpus = 1,
	nodes = { { memory = "2G" } },
	zone_limits = { dma32 = param("dma32", "4G") },
	max_order = 14,
	sysctl = { lowmem_reserve_ratio = { ratio, 256, 32, 0 } },
}
local function zone(name) return m:node(0):zone(name or "DMA") end
local MOVABLE_DMA = "GFP_DMA|__GFP_MOVABLE"

-- Allocate blocks until exactly @target pages are free. The last block is larger
-- than stat_threshold, so that no per-cpu diff hides it (lesson 12).
local function leave(name, gfp, target)
	for order = 0, 3 do
		if zone(name).free_exact - target >> order & 1 == 1 then assert(m:alloc { order = order, gfp = gfp }) end
	end
	for order = m.max_order - 1, 4, -1 do
		m:fill { order = order, gfp = gfp, leave = target, zone = name }
	end
end

local dma, checks = zone(), {}
on.watermark_check(function(e) if e.zone == "DMA" then checks[#checks + 1] = e end end)

scene "A small zone"
say "Some devices can only reach the lowest 16 MiB: zone DMA is for them."
say "Other requests may use it too, when the zones above are used up."
say "An array of the zone limits that: lowmem_reserve[] (Linux 5.10)."
say(("Look at zone DMA: %d pages, low watermark %d."):format(dma.managed, dma.watermark.low))
say(([[lowmem_reserve[] of zone DMA, by the highest_zoneidx of the request:
DMA %d   DMA32 %d   Normal %d   Movable %d]]):format(dma.lowmem_reserve[0], dma.lowmem_reserve[1],
	dma.lowmem_reserve[2], dma.lowmem_reserve[3]))
say(("They are the pages of the higher zones / %d (vm.lowmem_reserve_ratio)."):format(ratio))
say "This kernel is built for orders up to 13 (a default kernel for 10)."
say "So few requests are enough to use up the 2 GiB."
local zones = m:zonelist(0) -- DMA is the last
fold("Requests use up the higher zones and a part of DMA", function()
	for i = 1, #zones - 1 do
		local name = zones[i].zone
		leave(name, name == "DMA32" and "GFP_DMA32|__GFP_MOVABLE" or "GFP_HIGHUSER_MOVABLE", zone(name).watermark.low)
	end
	-- One unmovable page stays free, so that no block is stolen (lesson 09).
	for order = 8, 1, -1 do m:alloc { order = order, gfp = "GFP_DMA" } end
	local page = m:alloc { gfp = MOVABLE_DMA }
	leave("DMA", MOVABLE_DMA, ({ 1203, 1476, 1355, 1640 })[math.random(4)])
	page:free()
end)
say(("%s is at its low watermark: it refuses every request."):format(zones[1].zone))
local nr_free = zone().free
say(("Zone DMA has %d free pages, and its low watermark is %d."):format(nr_free, dma.watermark.low))
say "One page is requested with GFP_KERNEL: highest_zoneidx is Normal."
local kernel
ask {
	"GFP_KERNEL: what does the watermark check of zone DMA say?",
	choices = {
		{ "it passes: more pages are free than low", feedback = "low alone decides only if no other zone can be used." },
		{ "it refuses: the pages put aside for devices are used up",
			feedback = "No page is put aside: all of them are free, and some requests may have them." },
		"it refuses: this request has to leave more pages free",
		{ "there is no check: GFP_KERNEL cannot use DMA", feedback = "DMA is below highest_zoneidx: the walk comes to it." },
	},
	run = function(t)
		kernel = m:alloc { gfp = "GFP_KERNEL" }
		local check = t:first("watermark_check", "zone == DMA")
		expect(check.free > check.watermark, "free is above the watermark; only lowmem_reserve refuses")
		return kernel and 1 or 3, ("%d free, required more than %d + lowmem_reserve[%s] %d = %d."):format(check.free,
			check.watermark, check.highest_zoneidx, check.lowmem_reserve, check.watermark + check.lowmem_reserve), check
	end,
}
if not kernel then
	say(("The request enters the slow path, although %d pages of DMA are free."):format(nr_free))
	say "It could have used the zones above, where memory can be reclaimed for it."
end
say "Next, a device driver requests one page with GFP_DMA."
ask {
	"Does zone DMA serve the request with GFP_DMA?",
	type = "yesno",
	feedback = { no = "The threshold depends on the request: this one can use no other zone." },
	run = function(t)
		local b, check = m:alloc { gfp = MOVABLE_DMA }, t:first("watermark_check", "zone == DMA")
		return b ~= nil, ("lowmem_reserve[DMA] is %d: %d free, required more than %d."):format(check.lowmem_reserve,
			check.free, check.watermark), check
	end,
}
say(("Both requests met a zone with %d free pages."):format(nr_free))

scene "How far each request can go"
say "The required number depends on the request, not on the zone alone."
say "Next, one page is requested with GFP_DMA32; highest_zoneidx is DMA32."
ask {
	"More than how many pages must be free in zone DMA for GFP_DMA32?",
	type = "number",
	feedback = {
		[dma.watermark.low] = "That is enough only for a request with highest_zoneidx DMA.",
		[dma.lowmem_reserve[1]] = "The low watermark is added to the reserve.",
	},
	run = function(t)
		m:alloc { gfp = "GFP_DMA32|__GFP_MOVABLE" }
		local check = t:first("watermark_check", "zone == DMA")
		return check.watermark + check.lowmem_reserve, ("low %d + lowmem_reserve[DMA32] %d."):format(check.watermark,
			check.lowmem_reserve), check
	end,
}
say "DMA32 refused this request too, and then DMA."
say "More requests with GFP_DMA follow, until one of them enters the slow path."
ask {
	"How many pages of DMA are free when GFP_DMA enters the slow path?",
	type = "number",
	feedback = {
		["0"] = "The low watermark holds for every request of the fast path.",
		[dma.lowmem_reserve[2]] = "lowmem_reserve[DMA] is 0: nothing is added for these requests.",
	},
	run = function(t)
		fold("Requests with GFP_DMA", function() leave("DMA", MOVABLE_DMA, dma.watermark.low) end)
		expect(not m:alloc { gfp = MOVABLE_DMA }, "zone DMA refuses at the low watermark")
		local check = t:first("watermark_check", "zone == DMA and not ok")
		return zone().free, ("%d free, required more than %d."):format(check.free, check.watermark), check
	end,
}
say(("%d pages of %d are free: none was put aside, down to the low watermark."):format(zone().free, dma.managed))
say "/proc/zoneinfo shows the array of each zone as `protection`."
expect(zone().free == dma.watermark.low, "property: no page is put aside, down to the low watermark")
for _, e in ipairs(checks) do
	expect(e.lowmem_reserve == dma.lowmem_reserve[zone(e.highest_zoneidx).index]
		and e.ok == (e.free - e.unusable > e.watermark + e.lowmem_reserve),
		"property: highest_zoneidx selects the threshold")
end

takeaway "lowmem_reserve[] sets no pages aside: it is added to the watermark, by the request's highest_zoneidx."
takeaway "The more zones a request may use, the more pages it has to leave free in a low one."
exercise {
	"Change the default of param(\"ratio\") so that zone DMA serves the request with GFP_KERNEL.",
	checks = { { "GFP_KERNEL gets a page of DMA", kernel and kernel.zone == "DMA" }, { "every invariant holds", m:check() } },
	variants = { { "dma32=1G", "a part of the memory is zone Normal" } },
}

-- For the teacher. The belief to correct: "the reserve is a set of pages put
-- aside". Each zone has an array of thresholds, lowmem_reserve[], indexed by
-- the request's highest_zoneidx. Write it on the board before the first
-- question and let every student commit.
--
-- Linux 5.10. The array is still computed this way.
