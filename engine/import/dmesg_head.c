/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dmesg: the request of an allocation failure or of an OOM kill, the kernel's
 * release, and the counters of the whole machine. */
#include "import/reader.h"

#include <string.h>

/* "0x40c40(GFP_NOFS|__GFP_COMP)"; what is not there stays as it is. */
static void read_mask(struct span s, struct report_request *request)
{
	const char *end;
	uint64_t mode = 0;
	size_t n = 0;

	if (!span_take(&s, "0x"))
		return;
	for (; s.at < s.end && n < 16; s.at++, n++) {
		const char c = *s.at | 0x20;

		if (is_digit(*s.at))
			mode = mode << 4 | (uint64_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			mode = mode << 4 | (uint64_t)(c - 'a' + 10);
		else
			break;
	}
	request->mode = mode;
	request->has_mode = n && (s.at == s.end || strchr(" ,(", *s.at));
	/* "0x62****(GFP_KERNEL)": digits are hidden */
	while (span_peek(s) == '*')
		s.at++;
	span_take(&s, " ");
	if (!span_take(&s, "("))
		return;
	end = span_find(s, ")");
	if (end)
		span_copy((struct span){ s.at, end }, request->gfp_text,
			  sizeof(request->gfp_text));
}

/* "0-1,3", up to what is no number. False: a node is too large. */
static bool read_nodes(struct span s, uint64_t *nodes, bool *has)
{
	uint32_t first, last;

	*nodes = 0;
	*has = false;
	do {
		if (!span_below(&s, MAX_NUMNODES, &first))
			return !is_digit(span_peek(s));
		last = first;
		/* cut short behind the "-": no list */
		if (span_take(&s, "-") &&
		    !span_below(&s, MAX_NUMNODES, &last)) {
			*has = false;
			return s.at == s.end;
		}
		for (; first <= last; first++)
			*nodes |= (uint64_t)1 << first;
		*has = true;
	} while (span_take(&s, ","));
	return true;
}

/* A path, which may have blanks and commas, ends before mems_allowed. */
static void read_path(struct span s, struct report_request *request)
{
	const char *end = span_find(s, "mems_allowed=");

	if (end && end > s.at)
		s.end = end - 1;
	else
		s = span_word(&s);
	span_copy(s, request->cpuset, sizeof(request->cpuset));
}

/* nodemask, cpuset and mems_allowed, where the line has them. */
static void read_places(struct reader *rd, struct span text, uint32_t line)
{
	struct report_request *request = &reader_report(rd)->request;
	struct span value;
	bool ok = true;

	if (span_field(text, "nodemask=", &value))
		ok = read_nodes(value, &request->nodemask,
				&request->has_nodemask);
	if (span_field(text, "mems_allowed=", &value))
		ok = read_nodes(value, &request->mems_allowed,
				&request->has_mems_allowed) &&
		     ok;
	if (span_field(text, "cpuset=", &value))
		read_path(value, request);
	if (!ok)
		reader_refuse(rd, line,
			      "nodemask or mems_allowed: node ids are at most "
			      "%u; use a report of a smaller machine",
			      MAX_NUMNODES - 1);
}

/* Has the report nothing but a head, the same one as @request? */
static bool is_same_head(const struct reader *rd, const struct report *r,
			 const struct report_request *request)
{
	return r && !rd->is_proc && !rd->has_mem_info && !r->nr_zones &&
	       !r->has_totals && r->request.task[0] &&
	       r->request.event == request->event &&
	       r->request.order == request->order &&
	       r->request.mode == request->mode;
}

/*
 * Begin the report of a request. One head twice, in a mail's subject or by
 * two loggers, is one report.
 */
static struct report *begin(struct reader *rd,
			    const struct report_request *request)
{
	struct report *r = reader_report(rd);

	if (!is_same_head(rd, r, request))
		r = reader_begin(rd, false);
	if (r)
		r->request = *request;
	return r;
}

/*
 * "NAME" or "NAME: ". False: it is too long, or other text stands there because
 * the name is on a line of its own.
 */
static bool copy_task(struct span s, struct report_request *request)
{
	if (span_size(s) > 2 && s.end[-1] == ' ' && s.end[-2] == ':')
		s.end -= 2;
	return s.at < s.end && s.end[-1] != ' ' &&
	       span_copy(s, request->task, sizeof(request->task));
}

void read_head(struct reader *rd, struct span text, uint32_t line)
{
	struct report_request request = { .line = line };
	const char *failure = span_find(text, "page allocation failure");
	const char *name_end =
		failure ? failure : span_find(text, " invoked oom-killer:");
	struct span order, mode, rest = { name_end, text.end };
	struct amount number;
	bool sysrq, small;

	/* a web page may have lost the comma before it */
	order.at = name_end ? span_find(rest, failure ? "order:" : "order=") :
			      NULL;
	if (!order.at)
		return;
	order = (struct span){ order.at + strlen("order:"), text.end };
	sysrq = span_take(&order, "-");
	if (!copy_task((struct span){ text.at, name_end }, &request))
		strcpy(request.task, "?");
	if (span_field(rest, "mode:", &mode) ||
	    span_field(rest, "gfp_mask=", &mode))
		read_mask(mode, &request);
	request.event = failure ? REPORT_ALLOCATION_FAILURE : REPORT_OOM;
	/* a page fault ran out of memory, or a user pressed SysRq-f */
	if (sysrq || (!failure && request.has_mode && !request.mode))
		request.event = REPORT_NO_REQUEST;
	if (!span_amount(&order, &number))
		return;
	small = !number.wrapped && number.value < 32;
	if (small && !sysrq)
		request.order = (unsigned int)number.value;
	if (!begin(rd, &request))
		return;
	if (!small)
		reader_refuse(rd, line,
			      "order %.*s is out of range; copy the line again",
			      span_width(number.text), number.text.at);
	read_places(rd, rest, line);
}

void read_constraint(struct reader *rd, struct span text, uint32_t line)
{
	struct report *r = reader_report(rd);
	struct span word = { text.at, text.at };

	if (!r || rd->is_proc || !r->request.task[0] ||
	    r->request.event == REPORT_ALLOCATION_FAILURE)
		return;
	read_places(rd, text, line);
	if (!span_take(&text, "oom-kill:constraint=CONSTRAINT_"))
		return;
	word.at = text.at;
	while (text.at < text.end && *text.at != ',')
		text.at++;
	word.end = text.at;
	span_copy(word, r->request.constraint, sizeof(r->request.constraint));
}

/*
 * "Task in /a/b killed as a result of limit of /a", up to 4.18, and "Memory
 * cgroup out of memory: ...". A limit of "host" is none of a cgroup.
 */
void read_memcg(struct reader *rd, struct span text, uint32_t line)
{
	struct report *r = reader_report(rd);

	if (!r || rd->is_proc || r->request.event != REPORT_OOM ||
	    *r->request.constraint)
		return;
	if (span_begins(text, "Memory cgroup") ||
	    span_find(text, " as a result of limit of /"))
		strcpy(r->request.constraint, "MEMCG");
}

/* "NAME cpuset=/ mems_allowed=0", up to 4.18. */
void read_cpuset(struct reader *rd, struct span text, uint32_t line)
{
	struct report *r = reader_report(rd);

	if (r && !rd->is_proc && r->request.task[0] && !r->request.cpuset[0])
		read_places(rd, text, line);
}

/* -- the release and the machine ------------------------------------------- */

/* False: the word is no release. */
static bool set_release(struct release *release, struct span word)
{
	struct release new;
	char text[sizeof(new.text)];

	if (!span_copy(word, text, sizeof(text)) ||
	    !release_from_text(text, &new))
		return false;
	*release = new;
	return true;
}

/* A release among the next words: there are about twenty letters of taint. */
static bool find_release(struct release *release, struct span text)
{
	for (int i = 0; i < 32; i++)
		if (set_release(release, span_word(&text)))
			return true;
	return false;
}

/* Behind "Not tainted", or "Tainted:" and letters. */
static bool take_release(struct release *release, struct span text)
{
	static const char *const taints[] = { " Not tainted ", " Tainted: " };

	for (int i = 0; i < 2; i++) {
		struct span rest = text;

		while ((rest.at = span_find(rest, taints[i]))) {
			rest.at += strlen(taints[i]);
			if (find_release(release, rest))
				return true;
		}
	}
	return false;
}

/* Without a report, or behind one's, it is the next report's. */
void read_release(struct reader *rd, struct span text, uint32_t line)
{
	struct report *r = reader_report(rd);

	if (!take_release(&rd->booted, text))
		return;
	if (r && !rd->is_proc && !r->release.major)
		r->release = rd->booted;
}

/* "Linux version 4.9.0 (...)" of the boot, for reports without a CPU: line. */
void read_version(struct reader *rd, struct span text, uint32_t line)
{
	span_take(&text, "Linux version ");
	set_release(&rd->booted, span_word(&text));
}

/* A second one begins the next report, unless the report has just begun. */
void read_mem_info(struct reader *rd, struct span text, uint32_t line)
{
	struct report *r = reader_report(rd);

	if (!r || rd->is_proc || r->nr_zones || r->has_totals)
		r = reader_begin(rd, false);
	if (r && !r->request.line)
		r->request.line = line;
	rd->has_mem_info = true;
}

/* A counter of the machine. False: it is not there. */
static bool total(struct reader *rd, uint32_t line, struct span text,
		  const char *key, uint64_t *value)
{
	struct amount amount;

	if (!span_field(text, key, &text) || !span_amount(&text, &amount))
		return false;
	if (amount.wrapped || amount.value >> 52)
		return reader_refuse(rd, line,
				     "%s%.*s has wrapped below 0; use another "
				     "report",
				     key, span_width(amount.text),
				     amount.text.at);
	*value = amount.value;
	return true;
}

void read_totals(struct reader *rd, struct span text, uint32_t line)
{
	struct report *r = reader_need(rd, false);

	if (!r || r->has_totals)
		return;
	r->has_totals = total(rd, line, text, "free:", &r->total_free);
	total(rd, line, text, "free_pcp:", &r->total_free_pcp);
	total(rd, line, text, "free_cma:", &r->total_free_cma);
	if (!r->has_totals && !r->refused)
		report_warn(r,
			    "line %u: the counters of the machine are cut "
			    "short before free",
			    line);
}

void read_pages(struct reader *rd, struct span text, uint32_t line)
{
	struct report *r = reader_report(rd);
	struct amount amount;

	if (!r || rd->is_proc || !span_amount(&text, &amount) || amount.wrapped)
		return;
	if (span_begins(text, " pages HighMem")) {
		r->highmem = amount.value;
		return;
	}
	r->has_cma_reserved = true;
	r->cma_reserved = amount.value;
}
