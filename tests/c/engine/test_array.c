/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arrays and buffers that grow, and the clocks. */
#include "machine/array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "machine/clock.h"
#include "test.h"

static void test_elements(void)
{
	uint32_t *numbers = NULL, nr = 0, *added;

	for (uint32_t i = 0; i < 100000; i++) {
		added = array_add(numbers, nr);
		CHECK(added == &numbers[i]);
		*added = i * 3;
	}
	CHECK_EQ(nr, 100000);
	for (uint32_t i = 0; i < nr; i++)
		CHECK_EQ(numbers[i], i * 3);
	/* fewer elements than before: the array still has room for them */
	nr = 9;
	while (nr < 64) {
		added = array_add(numbers, nr);
		*added = 7;
	}
	CHECK(numbers[8] == 24 && numbers[63] == 7);
	free(numbers);
}

static void test_no_memory(void)
{
	char *bytes = NULL, *const before = bytes;
	size_t room = 0;

	/* a number of elements, or of bytes, that overflows */
	CHECK(!array_make_room(&bytes, (size_t)1 << 30, SIZE_MAX >> 30));
	CHECK(!array_make_room(&bytes, (size_t)1 << 31, 1));
	CHECK(!bytes_reserve(&bytes, &room, SIZE_MAX));
	CHECK(bytes == before && !room);
}

static void test_bytes(void)
{
	char *bytes = NULL;
	size_t room = 0, old;

	CHECK(bytes_reserve(&bytes, &room, 1));
	CHECK(room >= 1);
	memset(bytes, 'x', room);
	old = room;
	CHECK(bytes_reserve(&bytes, &room, old));
	CHECK_EQ(room, old);
	CHECK(bytes_reserve(&bytes, &room, old + 1));
	CHECK(room >= 2 * old && bytes[old - 1] == 'x');
	CHECK(bytes_reserve(&bytes, &room, 1000000));
	memset(bytes, 'y', 1000000);
	free(bytes);
}

static void test_clock(void)
{
	const uint64_t ns = clock_now_ns(), ms = clock_now_ms();

	CHECK(ms >= ns / NS_PER_MS && ms < ns / NS_PER_MS + 10000);
	CHECK(clock_now_ns() >= ns);
	CHECK(clock_cpu_ns() > 0 && clock_cpu_ns() < ns + 1000ull * NS_PER_MS);
}

int main(void)
{
	test_elements();
	test_no_memory();
	test_bytes();
	test_clock();
	return test_done();
}
