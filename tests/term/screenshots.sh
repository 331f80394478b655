#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# screenshots: docs/screens/*.png from a real xterm: three steps, light and
# dark, 120x40.
#
#   tests/term/screenshots.sh [BUILD] [FOLDER]
#
# Needs xvfb, xterm, imagemagick and fonts-dejavu-core.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
program=$(realpath "${1-build/release}/zonewalk")
folder=${2-docs/screens}
work=$(mktemp -d)
trap 'kill "${server-}" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir -p "$folder"
export LC_ALL=C.UTF-8 XDG_STATE_HOME="$work"

# A separate display; Xvfb prints its number.
Xvfb -displayfd 3 -screen 0 1400x1100x24 -nolisten tcp \
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

# shoot NAME FILE STEP: one step, light and dark.
shoot()
{
	local name=$1 file=$2 step=$3 scheme colors

	for scheme in light dark; do
		colors=(-bg '#ffffff' -fg '#1a1a1a')
		[ "$scheme" = light ] || colors=(-bg '#16181c' -fg '#d8dadf')
		xterm -tn xterm-256color -geometry 120x40+0+0 -fa 'DejaVu Sans Mono' -fs 9 \
			"${colors[@]}" -b 6 +sb \
			-e "$program" play --no-questions --theme "$scheme" "$file" \
			--step "$step" 2>/dev/null &
		terminal=$!
		sleep 2
		import -window root "$work/root.png"
		kill "$terminal"
		wait "$terminal" 2>/dev/null || true
		# the window alone, in few colours: a small file
		convert "$work/root.png" -bordercolor black -trim +repage \
			-strip +dither -colors 96 \
			-define png:compression-level=9 \
			"PNG8:$folder/$name-$scheme.png"
		printf '%s: step %s of %s\n' "$folder/$name-$scheme.png" \
			"$step" "$file"
	done
}

shoot split scenarios/02-split.lua \
	"$(first '"event":"expand"' scenarios/02-split.lua 3)"
shoot watermark scenarios/05-watermarks.lua \
	"$(first '"event":"watermark_check".*"ok":false' scenarios/05-watermarks.lua)"
shoot steal tests/golden/story.lua \
	"$(first '"event":"mm_page_alloc_extfrag"' tests/golden/story.lua)"
