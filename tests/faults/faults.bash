# SPDX-License-Identifier: GPL-2.0-or-later
#
# faults: makes one call fail, or kill the program, and checks the result.
#
#   faults_begin                builds the library (fault.c) and what runs a
#                               command with it (run.c), or skips
#   calls CALL COMMAND...       prints the number of calls that COMMAND makes
#   fault CALL N COMMAND...     runs COMMAND; the Nth call fails
#
# Under the sanitizers, the library is loaded before theirs. There are thousands
# of runs: nothing here starts a process that it can do without.

shopt -s globstar dotglob nullglob

faults_begin()
{
	FAULT=$BATS_FILE_TMPDIR/fault.so
	if [ ! -e "$FAULT" ]; then
		command -v cc >/dev/null || skip "no C compiler is installed"
		cc -shared -fPIC -O1 -o "$FAULT" \
			"$ZONEWALK_SOURCE/tests/faults/fault.c" -ldl
		cc -O1 -o "$BATS_FILE_TMPDIR/run" \
			"$ZONEWALK_SOURCE/tests/faults/run.c"
	fi
	# leaks of the C library itself after a failed allocation
	echo "leak:setlocale" >"$BATS_FILE_TMPDIR/lsan"
	export LSAN_OPTIONS=suppressions=$BATS_FILE_TMPDIR/lsan:print_suppressions=0
	export ASAN_OPTIONS=${ASAN_OPTIONS-}:verify_asan_link_order=0:allocator_may_return_null=1:fast_unwind_on_malloc=0
}

calls()
{
	local call=$1
	shift
	rm -f "$BATS_TEST_TMPDIR/count"
	FAULT_CALL=$call FAULT_NTH=0 FAULT_COUNT=$BATS_TEST_TMPDIR/count \
		LD_PRELOAD=$FAULT "$@" >/dev/null 2>&1 || true
	cat "$BATS_TEST_TMPDIR/count"
}

# Sets $code to the exit code; the files out and err have the output.
fault()
{
	code=0
	"$BATS_FILE_TMPDIR/run" 300 "$1" "$2" "$FAULT" "${@:3}" >out 2>err \
		</dev/null || code=$?
}

# same FILE FILE: they have the same bytes.
same()
{
	local -a first second
	mapfile -d '' first <"$1"
	mapfile -d '' second <"$2"
	[ ${#first[@]} -eq ${#second[@]} ] &&
		[ "${first[*]}" = "${second[*]}" ]
}

# told: the program ended normally with the output of good.out, or with an exit
# code for errors and a message.
told()
{
	if [ "$code" -eq "${good_code-0}" ]; then
		same out good.out && return
		echo "exit $code, but the output differs"
	elif [[ $code == [46] || $code == 70 ]]; then
		[ -s err ] && return
		echo "exit $code without a message"
	else
		echo "exit $code"
		head -c 2000 err
	fi
	return 1
}

# whole FILE OLD NEW: FILE equals OLD or NEW; if OLD does not exist, FILE may be
# missing.
whole()
{
	if [ ! -e "$1" ]; then
		[ ! -e "$2" ] && return
		echo "$1 is gone"
	elif { [ -e "$2" ] && same "$1" "$2"; } || same "$1" "$3"; then
		return
	else
		echo "$1 is neither the old nor the new one"
	fi
	return 1
}

nothing_left()
{
	local left=(**/.zonewalk-*)
	[ ${#left[@]} -eq 0 ] || { echo "left: ${left[*]}"; return 1; }
}

# every CALL FROM STEP CHECK COMMAND...: runs COMMAND once for each of the calls
# FROM, FROM + STEP, ..., which fails; then CHECK must succeed. Sets $number to
# the number of runs. A command without such a call proves nothing: an error.
every()
{
	local call=$1 nth=$2 step=$3 check=$4 last
	shift 4
	"$@" >good.out 2>good.err </dev/null && good_code=0 || good_code=$?
	last=$(calls "$call" "$@")
	number=0
	[ "$last" -ge 1 ] || { echo "no $call: $*"; return 1; }
	for (( ; nth <= last; nth += step)); do
		fault "$call" "$nth" "$@"
		$check || { echo "^ $call $nth of $last: $*"; return 1; }
		number=$((number + 1))
	done
}
