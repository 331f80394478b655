# SPDX-License-Identifier: GPL-2.0-or-later
#
# uninstall: removes what the last `cmake --install` wrote, and the folders of
# the program that are empty then. Honours DESTDIR, as the installation does.
#
#   cmake -DMANIFEST=install_manifest.txt -P uninstall.cmake
cmake_minimum_required(VERSION 3.25)

if(NOT EXISTS "${MANIFEST}")
	message(FATAL_ERROR "${MANIFEST}: no such file; nothing was installed "
		"from this build folder")
endif()
file(STRINGS "${MANIFEST}" files)
set(folders "")
foreach(file IN LISTS files)
	file(REMOVE "$ENV{DESTDIR}${file}")
	while(file MATCHES "/zonewalk/.")
		cmake_path(GET file PARENT_PATH file)
		list(APPEND folders "$ENV{DESTDIR}${file}")
	endwhile()
endforeach()
list(REMOVE_DUPLICATES folders)
# The deepest first.
list(SORT folders ORDER DESCENDING)
foreach(folder IN LISTS folders)
	file(GLOB left LIST_DIRECTORIES true "${folder}/*" "${folder}/.[!.]*")
	if(NOT left AND IS_DIRECTORY "${folder}")
		file(REMOVE_RECURSE "${folder}")
	endif()
endforeach()
