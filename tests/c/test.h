/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test: a minimal framework for unit tests.
 *
 * A unit test is a program: CHECKs in main() or its functions, then
 * `return test_done();`. A failed check prints its line at once, and the test
 * continues.
 */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned long test_checks_, test_failures_;

static inline int test_failed_(const char *file, int line)
{
	test_failures_++;
	return fprintf(stderr, "%s:%d: ", file, line);
}

#define CHECK(condition)                                                       \
	do {                                                                   \
		test_checks_++;                                                \
		if (!(condition)) {                                            \
			test_failed_(__FILE__, __LINE__);                      \
			fprintf(stderr, "not true: %s\n", #condition);         \
		}                                                              \
	} while (0)

#define CHECK_EQ(got, expected)                                                \
	do {                                                                   \
		long long got_ = (long long)(got);                             \
		long long expected_ = (long long)(expected);                   \
		test_checks_++;                                                \
		if (got_ != expected_) {                                       \
			test_failed_(__FILE__, __LINE__);                      \
			fprintf(stderr, "%s is %lld, expected %lld\n", #got,   \
				got_, expected_);                              \
		}                                                              \
	} while (0)

#define CHECK_STR(got, expected)                                               \
	do {                                                                   \
		const char *got_ = (got), *expected_ = (expected);             \
		test_checks_++;                                                \
		if (strcmp(got_, expected_)) {                                 \
			test_failed_(__FILE__, __LINE__);                      \
			fprintf(stderr, "%s is \"%s\", expected \"%s\"\n",     \
				#got, got_, expected_);                        \
		}                                                              \
	} while (0)

static inline int test_done(void)
{
	printf("%lu checks, %lu failed\n", test_checks_, test_failures_);
	return test_failures_ || !test_checks_ ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
