# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion of zonewalk for bash. Written by `zonewalk doc completion bash`.

# _zonewalk_property_file: the value of --grade in the command line.
_zonewalk_property_file()
{
	local i

	for ((i = 1; i < COMP_CWORD; i++)); do
		[[ ${COMP_WORDS[i]} == --grade ]] || continue
		[[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
		printf '%s\n' "${COMP_WORDS[i + 1]}"
		return
	done
}

# _zonewalk_names KIND: the names of that kind, a line each.
_zonewalk_names()
{
	local file

	[[ $1 != properties ]] || file=$(_zonewalk_property_file)
	"${COMP_WORDS[0]}" doc names "$1" ${file:+"$file"} 2>/dev/null
	[[ $1 != commands ]] || echo help
}

# _zonewalk_values CURRENT KIND...
_zonewalk_values()
{
	local cur=$1 kind

	shift
	for kind; do
		case $kind in
		none) ;;
		file)
			compopt -o filenames
			mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY \
				< <(compgen -f -- "$cur")
			;;
		folder)
			compopt -o filenames
			mapfile -t COMPREPLY < <(compgen -d -- "$cur")
			;;
		limits)
			compopt -o nospace
			mapfile -t COMPREPLY < <(compgen -S = \
				-W "$(_zonewalk_names "$kind")" -- "$cur")
			;;
		*)
			mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen \
				-W "$(_zonewalk_names "$kind")" -- "$cur")
			;;
		esac
	done
}

_zonewalk()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local command= options= values= i

	COMPREPLY=()
	# --format=json is three words
	if [[ $cur == = ]]; then
		cur=
	elif [[ $prev == = ]]; then
		prev=${COMP_WORDS[COMP_CWORD - 2]}
		[[ $prev == -* ]] || return
	fi
	for ((i = 1; i < COMP_CWORD; i++)); do
		if [[ ${COMP_WORDS[i]} != -* ]] &&
			_zonewalk_command "${COMP_WORDS[i]}"; then
			command=${COMP_WORDS[i]}
			break
		fi
	done
	if _zonewalk_option "$prev"; then
		_zonewalk_values "$cur" $values
		return
	fi
	_zonewalk_command "$command"
	if [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
		return
	fi
	[[ $command != doc || $prev == doc ]] || _zonewalk_topic "$prev"
	_zonewalk_values "$cur" $values
}

