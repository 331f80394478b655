-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- check: the checks on events.
--
--   always{ PATTERN, when = {...} }    every event of this name matches
--   never{ PATTERN }                   no event matches
--   eventually{ PATTERN }              at least one event matches
--   count{ PATTERN, min =, max =, exactly = }
--
-- (seq: seq.lua; measure, final, requests, answers: whole.lua.) The scope of a check is the
-- whole run; with per = "request" it is each request, and all must pass; with
-- per = "any request" one of them must pass. `of`, a kind of request or a
-- function of the request, selects the requests (default "alloc").
-- Without such a request the check is vacuous.
-- trigger = PATTERN: without a matching event the check is vacuous.
-- part = "submission" or "after": check only the submission's requests, or
-- only those of given.after.
--
-- A check is a function of the run that returns
--   { verdict =, actual =, expected =, machine =, step =, fraction =, value = }

local host, G = ...

local type, ipairs, tostring = type, ipairs, tostring
local format = string.format
local setmetatable = setmetatable

local common = {
	per = true, of = true, trigger = true, part = true, when = true,
	min = true, max = true, exactly = true,
}

-- The beginning of a long text, up to a blank.
local function short(text, length)
	if #text <= length then
		return text
	end
	return text:sub(1, length):gsub("%s+%S*$", "") .. " ..."
end

-- "request 3, step 41: Node 0 DMA: 1355 free, ...", without a full stop
local function place(machine, step)
	local request = host.request_at(machine, step)
	return (request > 0 and format("request %d, ", request) or "")
		.. format("step %d: %s", step,
			short(host.event_text(machine, step):gsub("%.$", ""), 110))
end

-- The nearest miss of a pattern, and what it lacks; without one, @none.
local function near_miss(p, scope, none)
	local near, _, missing = G.pattern.nearest(p, scope)
	if not near then
		return nil, none, short(G.pattern.text(p), 120)
	end
	return near, "the nearest, " .. place(scope.machine, near),
		short(G.pattern.text(p, missing), 120)
end

local function passed(scope, step)
	return { verdict = "pass", machine = scope.machine, step = step }
end

local function failed(scope, step, actual, expected)
	return {
		verdict = "fail", machine = scope.machine, step = step,
		actual = actual, expected = expected,
	}
end

local vacuous = {
	verdict = "vacuous", actual = "no event that this property is about",
}

-- -- checks of one scope ------------------------------------------------------

local function always(p, when)
	return function(scope)
		local trigger = G.pattern.find(when, scope)
		local first = trigger
		if not trigger then
			return vacuous
		end
		while trigger do
			if not G.pattern.match(p, scope.machine, trigger) then
				return failed(scope, trigger, place(scope.machine, trigger),
					"always " .. G.pattern.text(p))
			end
			trigger = G.pattern.find(when, scope, trigger + 1)
		end
		return passed(scope, first)
	end
end

local function never(p)
	return function(scope)
		local step = G.pattern.find(p, scope)
		if step then
			return failed(scope, step, place(scope.machine, step),
				"never " .. G.pattern.text(p))
		end
		return passed(scope)
	end
end

local function eventually(p)
	return function(scope)
		local step = G.pattern.find(p, scope)
		if step then
			return passed(scope, step)
		end
		return failed(scope, near_miss(p, scope, "no event " .. p.name))
	end
end

local function bounds_text(spec)
	if spec.exactly then
		return "exactly " .. spec.exactly
	elseif spec.min and spec.max then
		return format("%s to %s", spec.min, spec.max)
	elseif spec.min then
		return "at least " .. spec.min
	end
	return "at most " .. spec.max
end

local function check_bounds(spec, what)
	local nr = 0
	for _, key in ipairs { "min", "max", "exactly" } do
		if spec[key] ~= nil then
			nr = nr + 1
			if math.type(spec[key]) ~= "integer" or spec[key] < 0 then
				host.fail(what .. ": " .. key .. " is a number from 0")
			end
		end
	end
	if nr == 0 or (spec.exactly and nr > 1) then
		host.fail(what .. ": min, max or exactly is expected")
	end
	return spec.exactly or spec.min or 0, spec.exactly or spec.max or math.huge
end

local function count(p, spec)
	local min, max = check_bounds(spec, "count")
	return function(scope)
		local nr, last = G.pattern.count(p, scope)
		if nr >= min and nr <= max then
			return passed(scope, last)
		end
		local near = last or G.pattern.nearest(p, scope)
		return failed(scope, near, format("%d such event%s%s", nr, nr == 1 and "" or "s", near and
			(last and "; the last, " or "; the nearest, ")
			.. place(scope.machine, near) or ""),
			bounds_text(spec) .. ": " .. short(G.pattern.text(p), 120))
	end
end

-- -- scopes ------------------------------------------------------------------

-- The function that selects requests.
local function selector(of)
	if of == nil then
		of = "alloc"
	end
	if type(of) == "function" then
		return of
	end
	host.request_kind(of)
	return function(r) return r.kind == of end
end

-- Check each selected request; combine the results.
local function over_requests(run, check, selected, any, part)
	local result
	for _, r in ipairs(run.request_list) do
		if selected(r) and r.first <= r.last and (not part or r.part == part) then
			local one = check { machine = r.machine, first = r.first, last = r.last }
			if one.verdict == (any and "pass" or "fail") then
				return one
			end
			if one.verdict ~= "vacuous" or not result then
				result = result and result.verdict ~= "vacuous" and result or one
			end
		end
	end
	return result or vacuous
end

local function over_run(run, check, part)
	local result
	for _, scope in ipairs(run.scopes[part or "all"]) do
		local one = check(scope)
		if one.verdict == (run.any_machine and "pass" or "fail") then
			return one
		end
		if not result or result.verdict == "vacuous" then
			result = one
		end
	end
	return result or vacuous
end

local function happened(run, trigger, part)
	for _, scope in ipairs(run.scopes[part or "all"]) do
		if G.pattern.find(trigger, scope) then
			return true
		end
	end
	return false
end

-- Was a selected request made?
local function requested(run, selected, part)
	for _, r in ipairs(run.request_list) do
		if selected(r) and (not part or r.part == part) then
			return true
		end
	end
	return false
end

local any_event = G.pattern.compile "*"
local allocation = { G.pattern.compile "alloc_request", G.pattern.compile "walk_begin" }

-- Make a check of the run from a check of one scope. @of_allocation: it is true
-- without any allocation, so that it needs one.
local function of_run(spec, check, of_allocation)
	local trigger = spec.trigger and G.pattern.compile(spec.trigger, "trigger")
		or any_event
	local selected = (spec.per or spec.of) and selector(spec.of)
	if spec.per ~= nil and spec.per ~= "request" and spec.per ~= "any request"
			and spec.per ~= "run" then
		host.fail("per: \"run\", \"request\" or \"any request\" is expected, not "
			.. tostring(spec.per))
	end
	if spec.part ~= nil and spec.part ~= "submission" and spec.part ~= "after" then
		host.fail("part: \"submission\" or \"after\" is expected, not "
			.. tostring(spec.part))
	end
	return function(run)
		if not happened(run, trigger, spec.part)
				or of_allocation and not happened(run, allocation[1], spec.part)
				and not happened(run, allocation[2], spec.part)
				or selected and not requested(run, selected, spec.part) then
			return vacuous
		end
		if spec.per == "request" or spec.per == "any request" then
			return over_requests(run, check, selected, spec.per == "any request",
				spec.part)
		end
		return over_run(run, check, spec.part)
	end
end

local check_class = { __metatable = "check" }

-- @answers: it is about answers, not about requests.
local function new_check(run, answers)
	return setmetatable({ run = run, answers = answers }, check_class)
end

-- What must happen once may happen on any machine.
local function on_any_machine(check)
	return function(run)
		run.any_machine = true
		local result = check(run)
		run.any_machine = nil
		return result
	end
end

G.check = { place = place, short = short, near_miss = near_miss, new = new_check, vacuous = vacuous,
	bounds_text = bounds_text, check_bounds = check_bounds,
	happened = happened, requested = requested, selector = selector, passed = passed, failed = failed,
	of_run = of_run, on_any_machine = on_any_machine }

-- -- the language --------------------------------------------------------------

local function open(spec, what)
	if type(spec) == "string" then
		spec = { spec }
	end
	return G.pattern.compile(spec, what, common), spec
end

function _G.always(list)
	local p, spec = open(list, "always")
	local when = { p.name }
	for _, key in ipairs(G.pattern.sorted_keys(spec.when or {})) do
		when[key] = spec.when[key]
	end
	return new_check(of_run(spec, always(p, G.pattern.compile(when, "when"))))
end

function _G.never(list)
	local p, spec = open(list, "never")
	return new_check(of_run(spec, never(p), host.of_allocation(p.name)))
end

function _G.eventually(list)
	local p, spec = open(list, "eventually")
	return new_check(on_any_machine(of_run(spec, eventually(p))))
end

function _G.count(list)
	local p, spec = open(list, "count")
	return new_check(of_run(spec, count(p, spec), host.of_allocation(p.name)))
end
