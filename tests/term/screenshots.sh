#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# screenshots: docs/screens/*.png from a real xterm, dark and light, small and
# large.
#
#   tests/term/screenshots.sh [BUILD] [FOLDER]
#
# Needs xvfb, xterm, tmux, imagemagick and fonts-dejavu-core.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
program=$(realpath "${1-build/release}/zonewalk")
folder=${2-docs/screens}
work=$(mktemp -d)
trap 'tmux -S "$work/tmux" kill-server 2>/dev/null || true
	kill "${server-}" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir -p "$folder"
export LC_ALL=C.UTF-8 XDG_STATE_HOME="$work"

# A separate display; Xvfb prints its number.
Xvfb -displayfd 3 -screen 0 2000x1400x24 -nolisten tcp \
	3>"$work/display" 2>/dev/null &
server=$!
for _ in $(seq 50); do
	[ -s "$work/display" ] && break
	sleep 0.1
done
DISPLAY=:$(cat "$work/display")
export DISPLAY

# first EVENT FILE [N]: the step of the first (N-th) event that matches.
first()
{
	"$program" run --quiet --trace - "$2" | grep -- "$1" |
		sed -n "${3-1}{s/.*\"step\":\([0-9]*\).*/\1/p;q}"
}

# shoot NAME SIZE SCHEME FILE STEP [KEY...]: a step, after keys of tmux; with
# keys the questions are asked.
shoot()
{
	local name=$1 size=$2 scheme=$3 file=$4 step=$5 colors options
	shift 5

	colors=(-bg '#ffffff' -fg '#1a1a1a')
	[ "$scheme" = light ] || colors=(-bg '#16181c' -fg '#d8dadf')
	options="--reduced-motion --theme $scheme"
	[ $# -gt 0 ] || options="$options --no-questions --step $step"
	tmux -S "$work/tmux" -f /dev/null new-session -d -x "${size%x*}" \
		-y "${size#*x}" "'$program' play $options '$file'"
	tmux -S "$work/tmux" set -g status off
	tmux -S "$work/tmux" set -g escape-time 10
	xterm -tn xterm-256color -geometry "$size+0+0" -fa 'DejaVu Sans Mono' \
		-fs 9 "${colors[@]}" -b 6 +sb -e tmux -S "$work/tmux" attach \
		2>/dev/null &
	terminal=$!
	sleep 2
	for key in "$@"; do
		tmux -S "$work/tmux" send-keys "$key"
		sleep 0.3
	done
	sleep 1
	import -window root "$work/root.png"
	tmux -S "$work/tmux" kill-server
	wait "$terminal" 2>/dev/null || true
	# the window alone, in few colours: a small file
	convert "$work/root.png" -bordercolor black -trim +repage \
		-strip +dither -colors 96 \
		-define png:compression-level=9 \
		"PNG8:$folder/$name-$scheme.png"
	printf '%s: step %s of %s\n' "$folder/$name-$scheme.png" \
		"$step" "$file"
}

# both NAME SIZE FILE STEP: dark and light.
both()
{
	shoot "$1" "$2" dark "$3" "$4"
	shoot "$1" "$2" light "$3" "$4"
}

# The guide of a first start is not the picture.
mkdir "$work/zonewalk"
: >"$work/zonewalk/lessons-done"

both split 120x40 scenarios/02-split.lua \
	"$(first '"event":"expand"' scenarios/02-split.lua 3)"
both watermark 120x40 scenarios/05-watermarks.lua \
	"$(first '"event":"watermark_check".*"ok":false' scenarios/05-watermarks.lua)"
both steal 80x24 tests/golden/half.lua \
	"$(first '"event":"steal_claim"' tests/golden/half.lua)"
shoot nodemask 120x40 dark tests/golden/rules.lua \
	"$(first '"reason":"nodemask"' tests/golden/rules.lua)"
shoot dirty-limit 120x40 light tests/golden/rules.lua \
	"$(first '"event":"dirty_check".*"ok":false' tests/golden/rules.lua)"
shoot wide 200x60 dark scenarios/09-migratetypes.lua \
	"$(first '"event":"mm_page_alloc_extfrag"' scenarios/09-migratetypes.lua)"
# c goes to the question; a wrong answer, its feedback; and the end
shoot question 80x24 light scenarios/07-lowmem-reserve.lua 0 c b
shoot feedback 80x24 dark scenarios/07-lowmem-reserve.lua 0 c b Enter
shoot end-card 80x24 light scenarios/07-lowmem-reserve.lua 0 c b Enter Enter \
	c Escape Enter c Escape Enter c Escape Enter End Enter PageDown
