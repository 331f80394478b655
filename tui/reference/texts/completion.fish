# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion of zonewalk for fish. Written by `zonewalk doc completion fish`.

# The names of a kind. Properties are those of the assignment after --grade.
function __zonewalk_names
    set -l words (commandline -opc)
    set -l file
    if test $argv[1] = properties
        set -l at (contains -i -- --grade $words)
        and set file $words[(math $at + 1)]
    end
    $words[1] doc names $argv[1] $file 2>/dev/null
end

# Is this the last word before the one to complete?
function __zonewalk_after
    set -l words (commandline -opc)
    test "$words[-1]" = $argv[1]
end

complete -c zonewalk -f
complete -c zonewalk -n __fish_use_subcommand -s h -l help -d 'print help'
complete -c zonewalk -n __fish_use_subcommand -s V -l version -d 'print the version'
complete -c zonewalk -n __fish_use_subcommand -a help -d 'print the help of a command'
complete -c zonewalk -n '__zonewalk_after help' -a '(__zonewalk_names commands)'
