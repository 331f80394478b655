-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- grade_given: what an assignment gives, and what a student may do.
--
--   given {
--     machine = { nodes = { { memory = "64M" } } },
--     setup = function(m, run) ... end,
--     allow = { "alloc", "free" },
--     after = function(m, run) ... fact("name", value) end,
--   }
--
-- A submission makes this very machine, makes the requests of setup as its
-- first ones, then its own, of the allowed kinds only. What `after` requests
-- is done here, once the submission is at its end. Anything else is a
-- violation. A submission that makes no machine (it only answers) gets the
-- given one with setup and after.
--
-- allow: kinds of requests (alloc free drain lru dirty task reclaim fault
-- isolate unisolate), alloc_flags, and sysctl: the machine may have others.
-- machines: how many a submission may make (1).

local host, G = ...

local type, tostring, ipairs = type, tostring, ipairs
local format, concat = string.format, table.concat

local given_keys = { "machine", "setup", "allow", "after", "machines" }
local aliases = { alloc_flags = "get_page_from_freelist" }

local function read_allow(list)
	local allowed = {}
	if type(list) ~= "table" then
		host.fail "given: allow: a list of kinds is expected; write { \"alloc\" }"
	end
	for _, word in ipairs(list) do
		word = aliases[word] or word
		if word ~= "sysctl" then
			host.request_kind(word)
		end
		allowed[word] = true
	end
	return allowed
end

function _G.given(spec)
	host.args(spec, "given", given_keys)
	for _, key in ipairs { "setup", "after" } do
		if spec[key] ~= nil and type(spec[key]) ~= "function" then
			host.fail("given: " .. key .. " is a function(m, run), not "
				.. type(spec[key]))
		end
	end
	if spec.setup and not spec.machine then
		host.fail "given: setup needs a machine"
	end
	G.given = {
		machine = spec.machine, setup = spec.setup, after = spec.after,
		machines = spec.machines or 1,
		allow = read_allow(spec.allow or { "alloc", "free" }),
		words = concat(spec.allow or { "alloc", "free" }, ", "),
	}
end

G.given = { machines = 1 }

-- fact(name, value): the truth about something, for answers and measures.
function _G.fact(name, value)
	local run = G.run
	if not run then
		host.fail "fact: it belongs into given's setup or after"
	elseif type(name) ~= "string" or value == nil then
		host.fail "fact: a name and a value are expected"
	end
	if run.facts[name] == nil then
		run.fact_names[#run.fact_names + 1] = name
	end
	run.facts[name] = value
	run.fact_places[name] = {
		machine = run.at, step = host.steps(run.at),
	}
end

local function violation(word, text, machine, step)
	return { word = word, text = text, machine = machine, step = step }
end

local function on_machine(run, index, f)
	run.at = index
	host.look_only(false)
	f(host.machine(index), run)
	host.look_only(true)
end

-- The given machine, made anew, after its setup: its index, or nil.
local function make_given(run)
	local g = G.given
	if not g.machine then
		return nil
	end
	host.look_only(false)
	local made = type(g.machine) == "function" and g.machine(run)
		or machine(g.machine)
	host.look_only(true)
	local index = host.index(made)
	if g.setup then
		on_machine(run, index, g.setup)
	end
	return index
end

local function check_setup(original, index)
	local want = host.requests(original)
	for i = 1, #want do
		if not host.same_request(original, index, i) then
			local r = host.requests(index)[i]
			return violation("setup", r
				and format("request %d is not the given one", i)
				or format("the given requests are %d; here are %d", #want,
					i - 1), index, r and r.first)
		end
	end
	return nil, #want
end

local function check_allowed(index, nr_given)
	local g = G.given
	for i, r in ipairs(host.requests(index)) do
		if i > nr_given and g.allow and not g.allow[r.kind] then
			return violation("request", format(
				"request %d%s: %s is not allowed here; allowed: %s", i,
				r.line > 0 and " in line " .. r.line or "", r.kind,
				g.words == "" and "nothing" or g.words), index, r.first)
		end
	end
	return nil
end

local function check_machine(run, original, index)
	local g = G.given
	if not original then
		return nil, 0
	end
	-- one from a file could be in any state: then it must be the very same
	local why = host.machine_difference(original, index,
		g.allow.sysctl and not run.any_loaded or false)
	if why and run.any_loaded then
		why = why .. "; make it with machine{}, not from a file"
	end
	if why then
		return violation("machine", "this is not the given machine: " .. why,
			index, 0)
	end
	return check_setup(original, index)
end

-- Is everything allowed? The violation, or nil and the machines to grade:
-- { { index =, nr_given = } }.
function G.given_check(run, nr_machines)
	local g, graded = G.given, {}
	if nr_machines > g.machines then
		return violation("machines", format("%d machines were made; allowed: %d",
			nr_machines, g.machines), 0, 0)
	end
	local original = make_given(run)
	for index = 0, nr_machines - 1 do
		local wrong, nr_given = check_machine(run, original, index)
		wrong = wrong or check_allowed(index, nr_given)
		if wrong then
			return wrong
		end
		graded[#graded + 1] = { index = index, nr_given = nr_given }
	end
	if nr_machines == 0 and original and g.after then
		graded[1] = { index = original, nr_given = #host.requests(original) }
	end
	return nil, graded
end

-- What the assignment does at the end.
function G.given_after(run, graded)
	for _, one in ipairs(graded) do
		one.nr_own = #host.requests(one.index)
		one.last_own = host.steps(one.index)
		if G.given.after then
			on_machine(run, one.index, G.given.after)
		end
	end
end
