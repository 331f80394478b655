/* SPDX-License-Identifier: GPL-2.0-or-later */
/* isolate_private: what the files of isolate share. */
#ifndef SCRIPTS_ISOLATE_PRIVATE_H
#define SCRIPTS_ISOLATE_PRIVATE_H

/* A sanitizer needs address space, and a descriptor to report to. */
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

/* The only argument of the program when it runs a scenario. */
#define ISOLATE_ARGUMENT "--isolated-scenario"

#endif
