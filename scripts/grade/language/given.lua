-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- given: the given machine, and what a submission may do.
--
--   given {
--     machine = { nodes = { { memory = "64M" } } },
--     setup = function(m, run) ... end,
--     allow = { "alloc", "free" },
--     after = function(m, run) ... fact("name", value) end,
--   }
--
-- A submission must make this machine, then the requests of `setup`, then its
-- own requests, of the allowed kinds only. Anything else is a violation. The
-- grader makes the requests of `after` when the submission has ended. For a
-- submission that makes no machine (it only answers), the grader makes the
-- given machine and the requests of setup and after.
--
-- allow: kinds of requests (alloc free drain lru reclaimable dirty task fault
-- isolate unisolate), alloc_flags, and sysctl: the machine may have other
-- sysctls. machines: how many machines a submission may make (default 1).
--
-- The submission's machine is compared as a whole with the given one, made
-- here. If it may have other sysctls, the given machine is made with these,
-- so that nothing else can differ.

local host, G = ...

local type, tostring, ipairs, next = type, tostring, ipairs, next
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
			host.fail("given: " .. key .. ": a function(m, run) is expected, not "
				.. type(spec[key]))
		end
	end
	if spec.setup and not spec.machine then
		host.fail "given: setup: a machine is missing"
	end
	G.given = {
		machine = spec.machine, setup = spec.setup, after = spec.after,
		machines = spec.machines or 1,
		allow = read_allow(spec.allow or { "alloc", "free" }),
		words = concat(spec.allow or { "alloc", "free" }, ", "),
	}
end

G.given = { machines = 1 }

-- fact(name, value): a correct value, for answers and measures.
function _G.fact(name, value)
	local run = G.run
	if not run then
		host.fail "fact: only given.setup and given.after may call it"
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
	host.forbid_requests(false)
	f(host.machine(index), run)
	host.forbid_requests(true)
end

-- Make the given machine and its setup: its index, or nil. @sysctls: the index
-- of the machine whose sysctls it has, or nil.
local function make_given(run, sysctls)
	local g = G.given
	if not g.machine then
		return nil
	end
	host.forbid_requests(false)
	host.set_sysctls(sysctls)
	local made = type(g.machine) == "function" and g.machine(run)
		or machine(g.machine)
	host.set_sysctls(nil)
	host.forbid_requests(true)
	local index = host.index(made)
	if g.setup then
		on_machine(run, index, g.setup)
	end
	return index
end

local function check_setup(original, index)
	local why, step = host.setup_difference(original, index)
	if why then
		return violation("setup", why, index, step > 0 and step or nil)
	end
	return nil, #host.requests(original)
end

local function check_allowed(index, nr_given)
	local g = G.given
	for i, r in ipairs(host.requests(index)) do
		if i > nr_given and g.allow and not g.allow[r.kind] then
			return violation("request", format(
				"request %d%s: %s is not allowed; allowed: %s", i,
				r.line > 0 and " in line " .. r.line or "", r.kind,
				g.words == "" and "nothing" or g.words), index, r.first)
		end
	end
	return nil
end

local function check_machine(run, original, index)
	if not original then
		return nil, 0
	end
	local why = host.machine_difference(original, index)
	if why and run.any_loaded then
		why = why .. "; use machine{} instead of a file"
	end
	if why then
		return violation("machine", "not the given machine: " .. why,
			index, 0)
	end
	return check_setup(original, index)
end

-- Has the machine other sysctls than the given one?
local function has_changed_sysctl(run, index, random)
	host.random(random)
	local plain = make_given(run)
	return plain and host.machine_difference(plain, index) ~= nil
end

-- Check that everything is allowed. Returns the violation, or nil and the
-- machines to grade: { { index =, nr_given = } }.
function G.given_check(run, nr_machines)
	local g, graded = G.given, {}
	if nr_machines > g.machines then
		return violation("machines", format("%d machines; allowed: %d",
			nr_machines, g.machines), 0, 0)
	end
	-- a machine from a file can be in any state: its sysctls must be equal too
	local any_sysctl = g.allow and g.allow.sysctl and not run.any_loaded
	local random, original = host.random(), nil
	for index = 0, nr_machines - 1 do
		if index == 0 or any_sysctl then
			host.random(random)
			original = make_given(run, any_sysctl and index or nil)
		end
		local wrong, nr_given = check_machine(run, original, index)
		wrong = wrong or check_allowed(index, nr_given)
		if wrong then
			return wrong
		end
		graded[#graded + 1] = { index = index, nr_given = nr_given }
		run.acted = run.acted or #host.requests(index) > nr_given
			or any_sysctl and has_changed_sysctl(run, index, random)
	end
	original = nr_machines == 0 and make_given(run) or original
	if nr_machines == 0 and original and g.after then
		graded[1] = { index = original, nr_given = #host.requests(original) }
	end
	return nil, graded
end

-- Did the submission do anything that can be graded? It made a request,
-- changed a sysctl, or, if nothing is allowed, answered a question.
function G.given_acted(run)
	if run.acted or not G.given.allow or next(G.given.allow) then
		return run.acted
	end
	for name, answer in next, run.answers do
		if answer ~= "?" and run.facts[name] ~= nil then
			return true
		end
	end
end

function G.given_idle_text()
	local allow = G.given.allow
	if allow and not next(allow) then
		return "no answers"
	end
	return "the submission made no request"
		.. (allow and allow.sysctl and " and changed no sysctl" or "")
end

-- Make the requests of `after`.
function G.given_after(run, graded)
	for _, one in ipairs(graded) do
		one.nr_own = #host.requests(one.index)
		one.last_own = host.steps(one.index)
		if G.given.after then
			on_machine(run, one.index, G.given.after)
		end
	end
end
