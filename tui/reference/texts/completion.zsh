# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion of zonewalk for zsh. Written by `zonewalk doc completion zsh`.

# _zonewalk_values KIND...: complete names of these kinds, and files. What
# _arguments passes to compadd follows the kinds of the caller.
_zonewalk_values()
{
	local kind file
	local -a names

	for kind in ${@:#-*}; do
		case $kind in
		none) ;;
		file) _files && return ;;
		folder) _files -/ ;;
		*)
			file=${(Q)opt_args[--grade]}
			names=(${(f)"$($_zonewalk_path doc names $kind \
				${file:+$file} 2>/dev/null)"})
			if [[ $kind == limits ]]; then
				compadd -S = -a names
			else
				compadd -a names
			fi
			;;
		esac
	done
}

typeset -ga _zonewalk_commands
