-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- prelude: describe an assignment, check a run against its properties.
--
--   assignment {
--     title = "...", kind = "show", text = "what is to be done",
--     limits = { requests = 40, wall_ms = 2000 },
--     seeds = { 1, 2, 3 }, params = { flags = "WMARK_MIN" },
--     own_seed = true,
--   }
--   given { ... }                                           (given.lua)
--   property { points = 3, text = "a zone is refused", CHECK,
--     id = "P1", visibility = "hidden", feedback = "actual" }
--
-- Returns describe(), evaluate() and fact_names(), which property.c calls.

local host, G = ...

local type, tostring, ipairs, setmetatable = type, tostring, ipairs, setmetatable
local getmetatable = getmetatable

local kinds = { "show", "predict", "tune", "repair", "explain", "shortest" }
local visibilities = { "visible", "hidden", "after_due_date", "after_published" }
local feedbacks = { "full", "actual", "none" }
local assignment_keys = {
	"title", "kind", "text", "limits", "seeds", "params", "own_seed",
}
local property_keys = {
	"id", "text", "points", "visibility", "feedback", "check", "requires",
}

G.properties = {}

local function check_text(what, value, required)
	if value == nil and not required then
		return
	elseif type(value) ~= "string" or value == "" then
		host.fail(what .. ": a text is expected, not " .. type(value))
	end
end

local function check_word(what, value, words)
	for _, word in ipairs(words) do
		if value == word then
			return
		end
	end
	host.fail(what .. ": one of " .. table.concat(words, ", ")
		.. " is expected, not " .. tostring(value))
end

local function check_seeds(seeds)
	if type(seeds) ~= "table" or #seeds == 0 then
		host.fail "assignment: seeds: a list of numbers is expected"
	end
	for _, seed in ipairs(seeds) do
		if math.type(seed) ~= "integer" or seed < 1 then
			host.fail "assignment: seeds: numbers from 1 are expected"
		end
	end
end

local function read_params(params)
	local list = {}
	if type(params) ~= "table" then
		host.fail "assignment: params: { name = value } is expected"
	end
	for _, key in ipairs(G.pattern.sorted_keys(params)) do
		list[#list + 1] = tostring(key) .. "=" .. tostring(params[key])
	end
	return list
end

function _G.assignment(spec)
	host.args(spec, "assignment", assignment_keys)
	check_text("assignment: title", spec.title, true)
	check_text("assignment: text", spec.text)
	if spec.kind ~= nil then
		check_word("assignment: kind", spec.kind, kinds)
	end
	check_seeds(spec.seeds or { 1 })
	G.assignment = {
		title = spec.title, kind = spec.kind or "", text = spec.text or "",
		limits = spec.limits or {}, seeds = spec.seeds or { 1 },
		params = read_params(spec.params or {}),
		own_seed = spec.own_seed or false,
	}
	G.assignment.params_text = table.concat(G.assignment.params, " ")
	for key, value in next, G.assignment.limits do
		host.limit(key, value)
	end
end

-- The check needs no key: property { points = 1, always{...} }.
local function with_check_key(spec)
	local named = {}
	if type(spec) ~= "table" then
		return spec
	end
	for key, value in next, spec do
		named[key == 1 and "check" or key] = value
	end
	return named
end

function _G.property(spec)
	spec = with_check_key(spec)
	host.args(spec, "property", property_keys)
	check_text("property: text", spec.text, true)
	check_text("property: id", spec.id)
	if type(spec.points) ~= "number" or spec.points < 0 or spec.points > 10000 then
		host.fail "property: points: a number from 0 to 10000 is expected"
	end
	if getmetatable(spec.check) ~= "check" then
		host.fail("property: a check is expected: always{}, never{}, "
			.. "eventually{}, count{}, seq{}, measure{}, final(), requests{} "
			.. "or answers{}")
	end
	check_word("property: visibility", spec.visibility or "visible",
		visibilities)
	-- the correct answers are shown only if the assignment says so
	local feedback = spec.feedback or spec.check.answers and "actual" or "full"
	check_word("property: feedback", feedback, feedbacks)
	local id = spec.id or "P" .. #G.properties + 1
	local required
	for i, other in ipairs(G.properties) do
		if other.id == id then
			host.fail("property: id: used twice: \"" .. id .. "\"")
		end
		required = other.id == spec.requires and i or required
	end
	if spec.requires ~= nil and (not required or (spec.visibility or "visible")
			== "visible" and G.properties[required].visibility ~= "visible") then
		host.fail("property: requires: the id of an earlier property that is not "
			.. "hidden from this one is expected, not " .. tostring(spec.requires))
	end
	G.properties[#G.properties + 1] = {
		id = id, text = spec.text, points = spec.points,
		visibility = spec.visibility or "visible",
		feedback = feedback, check = spec.check, required = required,
	}
end

local function describe()
	if not G.assignment then
		host.fail "assignment{} is missing; write assignment{ title = \"...\" }"
	elseif #G.properties == 0 then
		host.fail "property{} is missing; write property{ points = 1, ... }"
	end
	return G.assignment, G.properties
end

-- -- a run -------------------------------------------------------------------

local run_methods = {}

local function each_scope(run, what, spec, f)
	local p = G.pattern.compile(spec, what)
	for _, scope in ipairs(run.scopes.all) do
		f(p, scope)
	end
end

-- run:count{ PATTERN }
function run_methods.count(run, spec)
	local nr = 0
	each_scope(run, "run:count", spec, function(p, scope)
		nr = nr + G.pattern.count(p, scope)
	end)
	return nr
end

-- run:first{ PATTERN }: the event, or nil.
function run_methods.first(run, spec)
	local first
	each_scope(run, "run:first", spec, function(p, scope)
		local step = not first and G.pattern.find(p, scope)
		first = first or step and host.event_at(scope.machine, step)
	end)
	return first
end

-- run:holds(CHECK): does it pass?
function run_methods.holds(run, check)
	if getmetatable(check) ~= "check" then
		host.fail "run:holds: a check is expected, seq{...} for instance"
	end
	return check.run(run).verdict == "pass"
end

local function new_run(input)
	local run = setmetatable({}, { __index = run_methods })
	for key, value in next, input do
		run[key] = value
	end
	run.facts, run.fact_names, run.fact_places = {}, {}, {}
	run.scopes = { all = {}, submission = {}, after = {} }
	run.request_list = {}
	run.requests, run.after_requests, run.steps = 0, 0, 0
	return run
end

-- Add machine @one (see G.given_check) to the scopes of the checks.
local function add_machine(run, one)
	local list = host.requests(one.index)
	local last = host.steps(one.index)
	local first = one.nr_given > 0 and list[one.nr_given].last + 1 or 1
	local function scope(from, to)
		return { machine = one.index, first = from, last = to }
	end
	run.scopes.all[#run.scopes.all + 1] = scope(first, last)
	run.scopes.submission[#run.scopes.submission + 1] = scope(first, one.last_own)
	run.scopes.after[#run.scopes.after + 1] = scope(one.last_own + 1, last)
	for i = one.nr_given + 1, #list do
		local r, own = list[i], i <= one.nr_own
		r.machine, r.part = one.index, own and "submission" or "after"
		run.request_list[#run.request_list + 1] = r
		run.requests = run.requests + (own and 1 or 0)
		run.after_requests = run.after_requests + (own and 0 or 1)
	end
	run.steps = run.steps + last
	run.machine = host.machine(one.index)
end

-- A failed check without a counterexample gets the last step.
local function with_place(run, result)
	local scope = run.scopes.all[#run.scopes.all]
	if result.verdict == "pass" or result.verdict == "vacuous" or result.step
			or not scope then
		return result
	end
	local placed = { machine = scope.machine, step = scope.last }
	for key, value in next, result do
		placed[key] = placed[key] or value
	end
	return placed
end

local function check_property(run, property, results)
	local required = property.required
	if not property.check.answers and not G.given_acted(run) then
		return { verdict = "vacuous", actual = G.given_idle_text() }
	elseif required and results[required].verdict ~= "pass"
			and results[required].verdict ~= "partial" then
		return { verdict = "vacuous",
			actual = "it requires " .. G.properties[required].id }
	end
	return property.check.run(run)
end

-- @input: id seed answers any_loaded. Returns a violation, or nil and the
-- function that checks one property.
local function evaluate(input, nr_machines)
	local run, results = new_run(input), {}
	G.run = run
	local violation, graded = G.given_check(run, nr_machines)
	if violation then
		return violation
	end
	G.given_after(run, graded)
	for _, one in ipairs(graded) do
		add_machine(run, one)
	end
	return nil, function(i)
		-- the check before may have moved the machines to another step
		for _, one in ipairs(graded) do
			host.machine_at(one.index, host.steps(one.index))
		end
		results[i] = with_place(run, check_property(run, G.properties[i], results))
		return results[i]
	end
end

-- The names of fact() in their order, for the answer template.
local function fact_names()
	return G.run and G.run.fact_names or {}
end

return describe, evaluate, fact_names
