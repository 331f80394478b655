# SPDX-License-Identifier: GPL-2.0-or-later
#
# pages: the program writes its man pages and completions.
#
#   cmake -DPROGRAM=zonewalk -DSHARE=DIR -P pages.cmake
#     DIR/man/man1/zonewalk.1 ..., DIR/bash-completion/completions/zonewalk,
#     DIR/zsh/site-functions/_zonewalk, DIR/fish/vendor_completions.d/...;
#     DIR/pages lists the man pages
cmake_minimum_required(VERSION 3.25)

# The lessons of the source, whatever the user has set.
unset(ENV{ZONEWALK_SCENARIOS})

# write(FILE ARGUMENT...): what `zonewalk doc ARGUMENT...` prints.
function(write file)
	execute_process(COMMAND "${PROGRAM}" doc ${ARGN}
		OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
	file(WRITE "${file}" "${text}")
endfunction()

file(REMOVE_RECURSE "${SHARE}")
write("${SHARE}/bash-completion/completions/zonewalk" completion bash)
write("${SHARE}/zsh/site-functions/_zonewalk" completion zsh)
write("${SHARE}/fish/vendor_completions.d/zonewalk.fish" completion fish)
write("${SHARE}/pages.new" man)
file(STRINGS "${SHARE}/pages.new" pages)
foreach(page IN LISTS pages)
	string(REGEX REPLACE ".*[.]" "" section "${page}")
	write("${SHARE}/man/man${section}/${page}" man "${page}")
endforeach()
file(RENAME "${SHARE}/pages.new" "${SHARE}/pages")
