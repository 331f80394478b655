-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- 01-tour: the whole fast path once, from the gfp mask to the page.

lesson { title = "The tour", goal = "Follow one request from the gfp mask to the page.", minutes = 10 }

local memory = ({ "48M", "80M", "64M", "96M" })[math.random(4)]
local nodes = { { memory = memory, movable = "16M" }, { memory = "32M" }, { memory = "64M" } }
local m = machine { cpus = 1, nodes = nodes, poison = true }
local function request()
	return m:alloc { gfp = "GFP_USER|__GFP_MOVABLE|__GFP_WRITE", nodemask = { 1, 2 }, owner = "file" }
end

-- A caption within a request, at the first event of that name.
local function at(event, text)
	on[event](function()
		if text then say(text) end
		text = nil
	end)
end
at("pcp_refill", [[Only now is a page looked for. A request for one page uses the cpu's own
list of free pages, the per-cpu list. It is empty and has to be refilled.]])
at("free_list_take", [[The zone's free lists have the pages: a list for each order and migratetype.
A large block is split until one page is left (lesson 02).]])
at("pcp_refill_page", "One page is on the list. The refill goes on until the list has a batch.")
at("pcp_hit", "The per-cpu list is filled. The request takes the page at its head.")
at("prep_new_page", "prep_new_page() initializes the page; with __GFP_ZERO it also clears it.")

scene "Five checks"
say [[The row above the panels names the stages of a request in Linux 5.10. Enter
goes to the next point of interest; the arrow keys go by single steps.]]
say [[A task on cpu 0 of node 0 writes to a file and needs one page of memory.
Look at the three nodes: which zones have free pages?]]
m:task { mems_allowed = { 0, 2 } }
say [[The task's memory policy allows nodes 1 and 2: this is the nodemask of the
request. The task's cpuset allows nodes 0 and 2.]]
say [[A zone has to pass five checks. In alphabetical order: cpuset, dirty limit
of the node, highest_zoneidx (the highest zone that the gfp mask allows),
nodemask, and watermark (enough free pages).]]
local first
ask {
	"In which order are the five checks made?",
	choices = {
		{ "watermark, cpuset, nodemask, highest_zoneidx, dirty limit",
			feedback = "Then free pages would be counted in zones that the request may not use at all." },
		{ "cpuset, watermark, dirty limit, nodemask, highest_zoneidx",
			feedback = "Then a cpuset would be looked up for zones that one comparison of numbers excludes." },
		"highest_zoneidx, nodemask, cpuset, dirty limit, watermark",
	},
	run = function(t)
		first = request()
		local function skip(reason)
			return t:first("zone_skip", function(e) return e.reason == reason end)
		end
		local zone, mask, cpuset = skip "highest_zoneidx", skip "nodemask", skip "cpuset"
		local dirty, watermark = t:first "dirty_check", t:first "watermark_check"
		expect(zone.step < mask.step and mask.step < cpuset.step and cpuset.step < dirty.step
			and dirty.step < watermark.step, "highest_zoneidx, nodemask, cpuset, dirty limit, watermark")
		return 3, ("The cheapest first: highest_zoneidx skips node %d %s, the nodemask node %d %s, the cpuset node %d. "
			.. "Node %d has %d dirty pages (limit %d), and %d free pages are more than %d."):format(zone.nid, zone.zone,
			mask.nid, mask.zone, cpuset.nid, dirty.nid, dirty.file_dirty, dirty.limit, watermark.free,
			watermark.watermark), watermark
	end,
}
say(("Allocated: pfn %d of node %d, zone %s.\n"
	.. "The free pages of node 0 were never compared with a watermark."):format(first.pfn, first.node, first.zone))

scene "The second page"
say(("The refill took a batch: %d more pages are on the per-cpu list.\n"
	.. "The task needs a second page."):format(m:node(2):zone(first.zone):pcp(0).count))
ask {
	"The same request again. What is left out this time?",
	choices = {
		"the refill from the free lists",
		{ "the watermark check and the refill",
			feedback = "The watermark is checked for every request, also when the per-cpu list has pages." },
		{ "the walk over the zones, the watermark check and the refill",
			feedback = "Every request walks the zonelist from its first zone; the last walk is not remembered." },
	},
	run = function(t)
		request()
		local watermark, hit = t:first "watermark_check", t:first "pcp_hit"
		expect(watermark.step < hit.step, "the watermark is checked before the per-cpu list")
		return t:count "pcp_refill" == 0 and 1 or 2, ("The walk skipped %d zones again and compared %d > %d. "
			.. "Then the list had a page."):format(t:count "zone_skip", watermark.free, watermark.watermark), hit
	end,
}

scene "Freeing the page"
local before = m:node(2):zone(first.zone).free
say "The first page is freed. Watch NR_FREE_PAGES and the per-cpu list."
first:free()
expect(m:node(2):zone(first.zone).free == before, "NR_FREE_PAGES does not change: the page is on the per-cpu list")
say [[It is at the head of the per-cpu list: the next request will take it while
it is probably still in the cpu's cache. NR_FREE_PAGES has not changed.]]
m:scribble(first.pfn, "written through a stale pointer") -- page frames are real memory
say(("A bug: the task writes to pfn %d, which is free, through a stale pointer."):format(first.pfn))
say "This kernel runs with page_poison=1: it fills free pages with a pattern."
ask {
	"The same request once more. When does the kernel detect the write?",
	choices = {
		{ "it has already, at the write", feedback = "The write is a plain store to mapped memory; no kernel code runs." },
		"when the page is allocated again",
		{ "never", feedback = "That is so without page_poison=1; here the pattern has changed." },
	},
	run = function(t)
		local again, found = request(), t:first "check_poison_mem"
		expect(again.pfn == first.pfn, "the same page again: freed last, allocated first")
		return found and 2 or 3, ("prep_new_page() compares pfn %d with the pattern; it differs at byte %d."):format(
			found.pfn, found.offset), found
	end,
}

say "The kernel prints a report and goes on: the page is allocated all the same."

m:task {}
scene "Another mask"
local gfp = param("gfp", "GFP_HIGHUSER_MOVABLE")
say("The last request has no nodemask and no cpuset, only a gfp mask:\n" .. gfp)
local last
ask {
	"Which zone of node 0 serves it: DMA, DMA32 or Movable?",
	type = "zone",
	feedback = {
		Movable = "A request that is not both highmem and movable has a lower highest_zoneidx: Movable is skipped.",
		DMA32 = "Movable is not above highest_zoneidx, so the walk begins there: DMA32 comes second.",
		DMA = "The walk begins with the highest zone of the node, not with the lowest.",
	},
	run = function(t)
		last = m:alloc { gfp = gfp }
		return last.zone, ("highest_zoneidx is %s, and the walk goes downwards: %s is the first zone that passes."):format(
			t:first("prepare_alloc_pages").highest_zoneidx, last.zone), t:first "watermark_check"
	end,
}
say [[The fast path ends here. A request that it cannot serve goes to the SLOW
PATH, __alloc_pages_slowpath(); only a zone is refused.]]
expect(last.zone ~= "Movable" or gfp:find "HIGHUSER_MOVABLE", "property: zone Movable serves movable requests only")

takeaway "A zone is checked in this order: highest_zoneidx, nodemask, cpuset, dirty limit, watermark."
takeaway "Only then is a page looked for: on the per-cpu list, then on the free lists."
exercise {
	"Change the default of param(\"gfp\") so that zone DMA serves the last request.",
	checks = { { "zone DMA serves the last request", last.zone == "DMA" }, { "every invariant holds", m:check() } },
	variants = { { "gfp=GFP_USER|__GFP_MOVABLE", "movable, but not highmem: highest_zoneidx is Normal" } },
}

-- For the teacher. Step slowly through the first request; the order of the
-- stages is the point. The usual wrong order is "find a page, then check it".
--
-- Linux 5.10. In 5.13 __alloc_pages_nodemask() became __alloc_pages().
