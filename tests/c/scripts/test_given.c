/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_given: whatever differs from the given machine or setup is found: each
 * word of the state, each kind of request, each parameter in requests.def,
 * each write into a page. No kind, parameter or field is named here, so that
 * new ones are tested as well.
 */
#include "grade/machine_difference.h"
#include "machine.h"
#include "requests.h"

static struct session *begin(void)
{
	struct machine m = small_machine();
	struct session *s = session_new(&m, true);

	if (s)
		return s;
	fprintf(stderr, "no memory for a session\n");
	exit(EXIT_FAILURE);
}

/* Do the two sessions differ in @what? NULL: they must not. */
static void check_setup(struct session *given, struct session *s,
			const char *what)
{
	char text[160];
	uint32_t step;
	const char *why = setup_difference(given, s, &step, text, sizeof(text));

	CHECK(!why == !what);
	if (why && what && !strstr(why, what)) {
		test_failed_(__FILE__, __LINE__);
		fprintf(stderr, "\"%s\" does not name %s\n", why, what);
	}
}

/* Is @changed, in place of @given, found by the name of @what? */
static void check_request(const struct request *given,
			  const struct request *changed, const char *what)
{
	struct session *a = begin(), *same = begin(), *other = begin();

	CHECK(session_request(a, given, NULL));
	CHECK(session_request(same, given, NULL));
	CHECK(session_request(other, changed, NULL));
	check_setup(a, same, NULL);
	check_setup(a, other, what);
	session_free(a);
	session_free(same);
	session_free(other);
}

static void check_requests(void)
{
	for (uint32_t kind = 0; kind < NR_REQUEST_KINDS; kind++) {
		const struct request_type *type = &request_types[kind];
		const struct request given = { .kind = (enum request_kind)kind };
		struct request changed = given;

		changed.kind =
			(enum request_kind)((kind + 1) % NR_REQUEST_KINDS);
		check_request(&given, &changed, "its kind");
		changed = given;
		request_set_name(&changed, "x");
		check_request(&given, &changed, "its owner");
		for (uint32_t i = 0; i < type->nr_params; i++) {
			const struct request_param *param = &type->params[i];
			char what[64];

			changed = given;
			((char *)&changed)[param->offset] ^= 1;
			snprintf(what, sizeof(what), "its %s", param->name);
			check_request(&given, &changed, what);
		}
	}
}

/* A setup must be there as a whole; more requests may follow. */
static void check_length(void)
{
	struct session *two = begin(), *one = begin(), *three = begin();

	for (int i = 0; i < 3; i++) {
		CHECK(MAKE(three, ALLOC, .alloc = { .gfp = GFP_KERNEL }));
		if (i < 2)
			MAKE(two, ALLOC, .alloc = { .gfp = GFP_KERNEL });
		if (i < 1)
			MAKE(one, ALLOC, .alloc = { .gfp = GFP_KERNEL });
	}
	check_setup(two, one, "only 1 of the 2 requests");
	check_setup(two, three, NULL);
	session_free(one);
	session_free(two);
	session_free(three);
}

/* One write of the setup, as given or changed. */
struct write_case {
	uint32_t pfn;
	uint64_t offset;
	const char *bytes; /* NULL: none */
	bool late; /* after the request, not before */
	bool again; /* and once more */
	bool differs;
};

static struct session *write_setup(const struct write_case *w)
{
	struct session *s = begin();

	if (w->late)
		MAKE(s, ALLOC, .alloc = { .gfp = GFP_KERNEL });
	for (int i = 0; w->bytes && i < 1 + w->again; i++)
		CHECK(session_write(s, w->pfn, w->offset, w->bytes,
				    strlen(w->bytes)));
	if (!w->late)
		MAKE(s, ALLOC, .alloc = { .gfp = GFP_KERNEL });
	return s;
}

static void check_writes(void)
{
	static const struct write_case cases[] = {
		{ 300, 8, "given", false, false, false },
		{ 300, 8, "gives", false, false, true },
		{ 300, 8, "give", false, false, true },
		{ 300, 9, "given", false, false, true },
		{ 301, 8, "given", false, false, true },
		{ 300, 8, "given", true, false, true },
		{ 300, 8, "given", false, true, true },
		{ 300, 8, NULL, false, false, true },
	};
	struct session *given = write_setup(&cases[0]);
	struct session *none = write_setup(&cases[7]), *s;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		s = write_setup(&cases[i]);
		check_setup(given, s, cases[i].differs ? "contents" : NULL);
		/* what a submission writes after the setup is its own */
		CHECK(session_write(s, 302, 0, "own", 3));
		check_setup(given, s, cases[i].differs ? "contents" : NULL);
		session_free(s);
	}
	s = write_setup(&cases[5]);
	check_setup(none, s, NULL);
	check_setup(none, given, "contents");
	session_free(s);
	session_free(given);
	session_free(none);
}

/* Every byte of the state region counts. */
static void check_state(void)
{
	struct session *given = begin(), *s = begin();
	const struct machine *m = session_machine(s);
	unsigned char *bytes = m->region;
	uint32_t nr_unseen = 0;
	char text[160];

	CHECK(!machine_difference(given, s, text, sizeof(text)));
	for (size_t i = 0; i < m->region_size; i++) {
		bytes[i] ^= 0x40;
		nr_unseen += !machine_difference(given, s, text, sizeof(text));
		bytes[i] ^= 0x40;
	}
	CHECK_EQ(nr_unseen, 0);
	CHECK(!machine_difference(given, s, text, sizeof(text)));
	session_free(given);
	session_free(s);
}

int main(void)
{
	check_requests();
	check_length();
	check_writes();
	check_state();
	return test_done();
}
