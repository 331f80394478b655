-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- trace: the events since it was made, which run of ask{} gets.
--
-- It uses host.steps() and host.since(steps, name, filter), which find events,
-- and adds host.trace(), a new trace.

local host = ...

local rawget, tostring, type = rawget, tostring, type
local getmetatable, setmetatable, ipairs = getmetatable, setmetatable, ipairs

local trace_methods = {}
local trace_class = {
	__metatable = "trace",
	__tostring = function() return "trace" end,
	__index = function(_, key)
		return trace_methods[key]
			or host.fail("a trace has no " .. tostring(key)
				.. "; it has count and first (zonewalk doc lua)")
	end,
}

local function matching(trace, what, event, filter)
	if getmetatable(trace) ~= "trace" then
		host.fail(what .. ": call it with a colon, t:count \"expand\"")
	end
	if type(event) ~= "string" then
		host.fail(what .. ": expected the name of an event, not "
			.. type(event) .. " (zonewalk doc events)")
	end
	local kind = type(filter)
	if filter ~= nil and kind ~= "function" and kind ~= "string" then
		host.fail(what .. ": expected a filter expression, \"order >= 3 and "
			.. "not ok\", or a function(e), not " .. kind)
	end
	local events = host.since(rawget(trace, "steps"), event,
		kind == "string" and filter or nil)
	if kind ~= "function" then
		return events
	end
	local found = {}
	for _, e in ipairs(events) do
		if filter(e) then
			found[#found + 1] = e
		end
	end
	return found
end

-- trace:count(event[, filter]): how many there are.
function trace_methods.count(trace, event, filter)
	return #matching(trace, "trace:count", event, filter)
end

-- trace:first(event[, filter]): the first of them, or nil.
function trace_methods.first(trace, event, filter)
	return matching(trace, "trace:first", event, filter)[1]
end

function host.trace()
	return setmetatable({ steps = host.steps() }, trace_class)
end
