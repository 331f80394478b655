-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 01-tour: the whole fast path once, from the gfp mask to the page.
--
-- For the teacher (ten minutes). Step slowly through the first request and
-- name each stage: entry, prepare_alloc_pages(), zonelist walk, watermark,
-- per-cpu list, free list, page. The point is the order of the stages, not
-- yet the numbers. The usual wrong order puts the list before the watermark
-- ("find a page, then check whether it may be used"); lesson 04 builds on it.
--
-- This is Linux 5.10. In 5.13 __alloc_pages_nodemask() became __alloc_pages();
-- since 5.14 the per-cpu lists hold orders above 0 too. The order of the
-- checks has not changed.

lesson {
	title = "The tour",
	goal = "Follow one request from the gfp mask to the page.",
	minutes = 10,
}

local m = machine {
	cpus = 1,
	nodes = { { memory = ({ "48M", "80M", "64M", "96M" })[math.random(4)], movable = "16M" }, { memory = "64M" } },
	poison = true,
}

scene "One page"
local MASK = "GFP_USER|__GFP_MOVABLE"
say "A task reads a file and needs one page for it, on cpu 0 of node 0."
say("The gfp mask is " .. MASK .. ".")
local first
ask {
	text = "What does the allocator check first?",
	choices = { "the per-cpu list", "the watermark of a zone", "the free lists, order by order" },
	reason = "The watermark check precedes every list.",
	run = function(t)
		first = m:alloc { gfp = MASK, owner = "file" }
		local watermark = t:first("watermark_check").step
		local hit = t:first("pcp_hit").step
		local list = t:first("free_list_take").step
		expect(watermark < list and list < hit, "watermark, then refill, then per-cpu list")
		return 2
	end,
}
say(("The mask gives highest_zoneidx (Normal) and the migratetype (%s)."):format(first.migratetype))
say(("Allocated: pfn %d, node %d, zone %s."):format(first.pfn, first.node, first.zone))

scene "The checks"
say "Next: a request with __GFP_WRITE and nodemask { 1 }."
local second
ask {
	text = "Each zone must pass four checks. In which order?",
	choices = {
		"watermark, highest_zoneidx, nodemask, dirty limit",
		"highest_zoneidx, nodemask, dirty limit, watermark",
		"dirty limit, watermark, nodemask, highest_zoneidx",
	},
	reason = "The cheapest check comes first, the one with the most arithmetic last.",
	run = function(t)
		second = m:alloc { gfp = MASK .. "|__GFP_WRITE", node = 0, nodemask = { 1 } }
		local function skipped(name)
			return t:first("zone_skip", function(e) return e.reason == name end).step
		end
		local dirty = t:first("dirty_check").step
		local watermark = t:first("watermark_check").step
		expect(skipped "highest_zoneidx" < skipped "nodemask", "highest_zoneidx before nodemask")
		expect(skipped "nodemask" < dirty and dirty < watermark, "dirty limit before watermark")
		return 2
	end,
}
say(("pfn %d is on node %d. The free pages of node 0 were never checked."):format(second.pfn, second.node))

scene "Freeing the page"
local before = m:node(0):zone("DMA32").free
first:free()
expect(m:node(0):zone("DMA32").free == before, "NR_FREE_PAGES does not change: the page is on the per-cpu list")
say "The freed page stays on the per-cpu list, probably still in the cpu's cache."
-- Page frames are real memory. A kernel with page_poison=1 fills free pages
-- with a pattern, and so does this machine.
m:scribble(first.pfn, "written through a stale pointer")
say(("A stale pointer is used to write to pfn %d, which is free."):format(first.pfn))
local again
ask {
	text = "The same request once more. When does the kernel detect the write to the free page?",
	choices = { "at the write", "when the page is allocated again", "never" },
	reason = "prep_new_page() checks the pattern.",
	run = function(t)
		again = m:alloc { gfp = MASK }
		local found = t:first "check_poison_mem"
		return found and found.pfn == first.pfn and 2 or 3
	end,
}
expect(again.pfn == first.pfn, "the same page again")

scene "Exercise"
-- To change: zonewalk run 01-tour.lua --set gfp=GFP_DMA, or
-- --set gfp=GFP_HIGHUSER_MOVABLE. The property holds for every mask: only a
-- request that is both highmem and movable may use zone Movable. (GFP_KERNEL
-- shows a steal, because no pageblock is unmovable yet: lesson 09.)
local gfp = param("gfp", MASK)
local chosen = m:alloc { gfp = gfp }
say(("%s: pfn %d from node %d, zone %s."):format(gfp, chosen.pfn, chosen.node, chosen.zone))
expect(chosen.zone ~= "Movable" or gfp:find "HIGHUSER_MOVABLE", "property: zone Movable serves movable requests only")
expect(m:check(), "property: every invariant holds")
