/* SPDX-License-Identifier: GPL-2.0-or-later */
/* isolate_build: what the files of isolate share. */
#ifndef SCRIPTS_ISOLATE_BUILD_H
#define SCRIPTS_ISOLATE_BUILD_H

/* A sanitizer needs address space, and a place to report. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* The one argument of the program started anew. */
#define ISOLATE_ARGUMENT "--isolated-scenario"

#endif
