-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- seq: a check of events in an order.
--
--   seq{ PATTERN, without(PATTERN), PATTERN }
--
-- An event matches each pattern, in this order; between the two, no event
-- matches a pattern in without().

local host, G = ...

local type, tostring, ipairs = type, tostring, ipairs
local format, concat = string.format, table.concat
local setmetatable, getmetatable = setmetatable, getmetatable
local passed, failed, place = G.check.passed, G.check.failed, G.check.place
local near_miss, short = G.check.near_miss, G.check.short

local without_class = { __metatable = "without" }

function without(spec)
	return setmetatable({ pattern = G.pattern.compile(spec, "without") },
		without_class)
end

-- The state of an attempt as a key: no attempt is made twice.
local function bound_key(i, from, bound)
	local parts = { i, from }
	for _, key in ipairs(G.pattern.sorted_keys(bound)) do
		parts[#parts + 1] = key .. "=" .. tostring(bound[key])
	end
	return concat(parts, " ")
end

-- list[i] = { pattern =, without = { forbidden between it and list[i - 1] } }
local function compile_seq(spec)
	local list, pending = {}, {}
	for _, one in ipairs(spec) do
		if getmetatable(one) == "without" then
			pending[#pending + 1] = one.pattern
		else
			list[#list + 1] = {
				pattern = G.pattern.compile(one, "seq"), without = pending,
			}
			pending = {}
		end
	end
	if #list == 0 then
		host.fail "seq: a list of patterns is expected; write seq{ {...}, {...} }"
	end
	return list, pending
end

-- The first step from @from on that matches one of the forbidden patterns.
local function forbidden(patterns, scope, from, bound)
	local first
	for _, p in ipairs(patterns) do
		local step = G.pattern.find(p, scope, from, bound)
		if step and (not first or step < first) then
			first = step
		end
	end
	return first
end

-- Match list[i], list[i + 1] ... from @from on: the steps, or nil.
local function try(list, tail, scope, i, from, bound, state)
	if i > #list then
		local step = forbidden(tail, scope, from, bound)
		if step then
			state.spoiled = step
		end
		return not step and {} or nil
	end
	local key = bound_key(i, from, bound)
	if state.tried[key] then
		return nil
	end
	state.tried[key] = true
	local stop = forbidden(list[i].without, scope, from, bound)
	local step, now = G.pattern.find(list[i].pattern, scope, from, bound)
	while step do
		if stop and stop < step then
			state.spoiled = stop
			return nil
		end
		if i > state.far then
			state.far, state.step = i, step
		end
		local rest = try(list, tail, scope, i + 1, step + 1, now, state)
		if rest then
			rest[i] = step
			return rest
		end
		step, now = G.pattern.find(list[i].pattern, scope, step + 1, bound)
	end
	return nil
end

local function seq(list, tail)
	return function(scope)
		local state = { tried = {}, far = 0 }
		local steps = try(list, tail, scope, 1, scope.first, {}, state)
		if steps then
			return passed(scope, steps[#list])
		end
		if state.far == 0 then
			local step, near, lacks = near_miss(list[1].pattern, scope, "no event")
			return failed(scope, step, "no event begins the sequence"
				.. (step and "; " .. near or ""), "first " .. lacks)
		end
		if state.far == #list then
			return failed(scope, state.spoiled or state.step,
				"forbidden after the sequence: " .. place(scope.machine,
					state.spoiled or state.step), "no such event")
		end
		return failed(scope, state.spoiled or state.step,
			format("%d of %d events of the sequence, the last at %s",
				state.far, #list,
				place(scope.machine, state.step)),
			"then " .. short(G.pattern.text(list[state.far + 1].pattern), 120))
	end
end

function _G.seq(spec)
	if type(spec) ~= "table" then
		host.fail "seq: a list of patterns is expected; write seq{ {...}, {...} }"
	end
	return G.check.new(
		G.check.on_any_machine(G.check.of_run(spec, seq(compile_seq(spec)))))
end
