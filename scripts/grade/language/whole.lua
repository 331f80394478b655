-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- whole: checks of a run as a whole.
--
--   final(function(m, run) return good, actual, expected end)
--   requests{ max =, min =, exactly =, kind =, trigger = PATTERN }
--   measure{ value = function(run) return number end,
--            full = 10, none = 40, unit = "pages" }
--   answers{ "name", ... } or answers "all"
--
-- `measure` earns all points at `full`, none at `none`, and in between it
-- interpolates. Of `answers`, each correct one earns an equal part.
--
-- `run` has id seed requests steps machine, answers[name] (texts),
-- facts[name] (values of fact()), run:count{ PATTERN }, run:first{ PATTERN }
-- and run:holds(CHECK).

local host, G = ...

local type, tostring, ipairs = type, tostring, ipairs
local format, concat = string.format, table.concat

local function expect_function(what, f)
	if type(f) ~= "function" then
		host.fail(what .. ": a function is expected, not " .. type(f))
	end
	return f
end

-- The counterexample is the last step of the last machine.
local function at_end(run, result)
	local scope = run.scopes.all[#run.scopes.all]
	if scope then
		result.machine, result.step = scope.machine, scope.last
	end
	return result
end

local function text_or(value, other)
	return value == nil and other or tostring(value)
end

function _G.final(f)
	expect_function("final", f)
	return G.check.new(function(run)
		if not run.machine or run.requests + run.after_requests == 0 then
			return G.check.vacuous
		end
		local good, actual, expected = f(run.machine, run)
		return at_end(run, {
			verdict = good and "pass" or "fail",
			actual = text_or(actual, good and "" or "false at the end"),
			expected = text_or(expected, ""),
		})
	end)
end

local request_keys = { "max", "min", "exactly", "kind", "trigger" }

function _G.requests(spec)
	host.args(spec, "requests", request_keys)
	local min, max = G.check.check_bounds(spec, "requests")
	if spec.kind ~= nil then
		host.request_kind(spec.kind)
	end
	local trigger = spec.trigger and G.pattern.compile(spec.trigger, "trigger")
	return G.check.new(function(run)
		local nr, over, last = 0, nil, nil
		for _, r in ipairs(run.request_list) do
			if r.part == "submission" and (not spec.kind or r.kind == spec.kind) then
				nr, last = nr + 1, r
				over = over or nr > max and r or nil
			end
		end
		if run.requests == 0 or nr == 0 and max > 0 or trigger and not G.check.happened(run, trigger) then
			return G.check.vacuous
		end
		local at = over or last
		return {
			verdict = nr >= min and nr <= max and "pass" or "fail",
			actual = format("%d %s", nr, nr == 1 and "request" or "requests"),
			expected = G.check.bounds_text(spec)
				.. (spec.kind and " of kind " .. spec.kind or ""),
			machine = at and at.machine, step = at and at.first,
		}
	end)
end

local measure_keys = { "value", "full", "none", "unit", "of" }

function _G.measure(spec)
	host.args(spec, "measure", measure_keys)
	expect_function("measure: value", spec.value)
	local full, none = spec.full, spec.none
	if type(full) ~= "number" or type(none) ~= "number" or full == none then
		host.fail "measure: full and none: two different numbers are expected"
	end
	local unit = spec.unit and " " .. tostring(spec.unit) or ""
	local less = full < none
	local selected = spec.of and G.check.selector(spec.of)
	return G.check.new(function(run)
		local made = not selected or G.check.requested(run, selected)
		local value = made and spec.value(run) or nil
		if value == nil then
			return G.check.vacuous
		elseif type(value) ~= "number" or value ~= value then
			host.fail("measure: value: a number is expected, not "
				.. tostring(value))
		end
		local fraction = (value - none) / (full - none)
		fraction = fraction < 0 and 0 or fraction > 1 and 1 or fraction
		return at_end(run, {
			verdict = fraction == 1 and "pass" or fraction == 0 and "fail"
				or "partial",
			fraction = fraction, value = value,
			actual = format("%.14g%s", value, unit),
			expected = format("%.14g%s or %s", full, unit,
				less and "less" or "more"),
		})
	end)
end

local function compare_answers(run, names)
	local given, actual, expected, missed = 0, {}, {}, {}
	for _, name in ipairs(names) do
		local fact = run.facts[name]
		if fact == nil then
			host.fail("answers: no fact() has this name: \""
				.. tostring(name) .. "\"")
		end
		local answer = run.answers[name]
		if answer == "?" then -- unanswered, as in the template
			answer = nil
		end
		given = given + (answer ~= nil and 1 or 0)
		if answer == nil or not host.is_right(answer, tostring(fact)) then
			missed[#missed + 1] = name
			actual[#actual + 1] = answer ~= nil and name .. " = "
				.. G.check.short(answer, 40)
				or name .. " is unanswered"
			expected[#expected + 1] = name .. " = " .. tostring(fact)
		end
	end
	return given, actual, expected, missed
end

function _G.answers(names)
	if names ~= "all" and (type(names) ~= "table" or #names == 0) then
		host.fail "answers: a list of names, or \"all\", is expected"
	end
	return G.check.new(function(run)
		local required = names == "all" and run.fact_names or names
		local given, actual, expected, missed = compare_answers(run, required)
		local correct = #required - #missed
		if given == 0 then
			return { verdict = "vacuous", actual = "no answers",
				missed = concat(missed, " ") }
		end
		local place = run.fact_places[missed[1] or required[1]] or {}
		return {
			verdict = correct == #required and "pass" or correct > 0 and "partial"
				or "fail",
			fraction = correct / #required,
			actual = concat(actual, "; "), expected = concat(expected, "; "),
			machine = place.machine, step = place.step,
			missed = concat(missed, " "),
		}
	end, true)
end
