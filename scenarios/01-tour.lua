-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 01-tour: the whole path once, from the gfp mask to the frame.
--
-- For the teacher (ten minutes). Step slowly through the first request and
-- name each station: entry, prepare, walk, watermark, per-cpu list, free
-- list, page. The point is the order of things, not yet the numbers. The
-- usual wrong order puts the list before the watermark ("look whether there
-- is a page, then whether it may be given"); lesson 04 lives on that.
--
-- This is Linux 5.10. In 5.13 __alloc_pages_nodemask became __alloc_pages;
-- since 5.14 the per-cpu lists hold orders above 0 too. The order of the
-- checks is the same today.

lesson {
	title = "The tour",
	goal = "Follow one page from the gfp mask to the frame.",
	minutes = 10,
}

local m = machine {
	cpus = 1,
	nodes = { { memory = ({ "48M", "80M", "64M", "96M" })[math.random(4)], movable = "16M" }, { memory = "64M" } },
	poison = true,
}

scene "One page"
local MASK = "GFP_USER|__GFP_MOVABLE"
say "A file is read and one page is wanted for it, on cpu 0 of node 0."
say("The gfp mask is " .. MASK .. ".")
local first
ask {
	text = "What does the allocator look at first?",
	choices = { "the cpu's own list of pages", "the watermark of a zone", "the free lists, order by order" },
	hint = "It may not touch a page before it knows that enough will be left",
	run = function(t)
		first = m:alloc { gfp = MASK, owner = "file" }
		local mark = t:first("watermark_check").step
		local lane = t:first("pcp_hit").step
		local list = t:first("free_list_take").step
		expect(mark < list and list < lane, "watermark, then refill, then the cpu's list")
		return 2
	end,
}
say(("The gfp mask gave a ceiling, Normal, and a type, %s."):format(first.migratetype))
say(("The page is %d, from node %d, zone %s."):format(first.pfn, first.node, first.zone))

scene "The checks"
say "Now a writer that may only use node 1. Each zone of the list must pass:"
say "ceiling, nodemask, cpuset, dirty limit, and last the watermark."
local second
ask {
	text = "Four of them are asked here (no cpuset is in use). In which order?",
	choices = {
		"watermark, ceiling, nodemask, dirty limit",
		"ceiling, nodemask, dirty limit, watermark",
		"dirty limit, watermark, nodemask, ceiling",
	},
	hint = "From the cheapest question to the one with the most numbers",
	run = function(t)
		second = m:alloc { gfp = MASK .. "|__GFP_WRITE", node = 0, nodemask = { 1 } }
		local function gate(name)
			return t:first("zone_skip", function(e) return e.gate == name end).step
		end
		local dirty = t:first("dirty_check").step
		local mark = t:first("watermark_check").step
		expect(gate "ceiling" < gate "nodemask", "ceiling before nodemask")
		expect(gate "nodemask" < dirty and dirty < mark, "dirty limit before watermark")
		return 2
	end,
}
say(("Page %d comes from node %d. Nobody looked how much is free on node 0."):format(second.pfn, second.node))

scene "And back"
local before = m:node(0):zone("DMA32").free
first:free()
expect(m:node(0):zone("DMA32").free == before, "the counter does not move: the page waits on the cpu's list")
say "A freed page stays with the cpu: the next request there will find it warm."
-- Frames are real memory. A debug kernel (page_poison=1) fills free ones with
-- a pattern, and so does this machine.
m:scribble(first.pfn, "written through a stale pointer")
say(("Somebody still writes to page %d."):format(first.pfn))
local again
ask {
	text = "The same request once more. When is it noticed that the free page was written to?",
	choices = { "at the write", "when the page is given out again", "never" },
	hint = "The pattern is looked at when the page is made ready",
	run = function(t)
		again = m:alloc { gfp = MASK }
		local found = t:first "check_poison_mem"
		return found and found.pfn == first.pfn and 2 or 3
	end,
}
expect(again.pfn == first.pfn, "the same page again")

scene "Yours"
-- To change: zonewalk run 01-tour.lua --set gfp=GFP_DMA, or
-- --set gfp=GFP_HIGHUSER_MOVABLE. The property holds for every mask: only
-- one that is both highmem and movable may use zone Movable. (With GFP_KERNEL
-- you see a steal: nothing is unmovable yet, lesson 09.)
local gfp = param("gfp", MASK)
local yours = m:alloc { gfp = gfp }
say(("%s: page %d from node %d, zone %s."):format(gfp, yours.pfn, yours.node, yours.zone))
expect(yours.zone ~= "Movable" or gfp:find "HIGHUSER_MOVABLE", "property: zone Movable is for movable pages")
expect(m:check(), "property: the machine is sane")
