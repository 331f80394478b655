/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wire: bytes to messages and back. */
#include "sandbox/protocol.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "machine/array.h"
#include "machine/clock.h"

enum {
	OUT_ROOM = 1 << 16, /* at first */
	OUT_ENOUGH = 1 << 15, /* waiting bytes that are worth a call */
	IN_ROOM = 1 << 16,
};

/* -- writing -------------------------------------------------------------- */

bool wire_out_open(struct wire_out *out, int fd)
{
	*out = (struct wire_out){ .fd = fd, .data = malloc(OUT_ROOM) };
	if (!out->data)
		return false;
	out->room = OUT_ROOM;
	return true;
}

void wire_out_close(struct wire_out *out)
{
	free(out->data);
	*out = (struct wire_out){ .fd = -1 };
}

/* From here to out_leave() a signal handler keeps its hands off. */
static void out_enter(struct wire_out *out)
{
	out->busy++;
	atomic_signal_fence(memory_order_seq_cst);
}

static void out_leave(struct wire_out *out)
{
	atomic_signal_fence(memory_order_seq_cst);
	out->busy--;
}

/* Where @size bytes go, or NULL. */
static uint8_t *out_place(struct wire_out *out, size_t size)
{
	uint8_t *place;

	if (out->failed)
		return NULL;
	if (!bytes_reserve(&out->data, &out->room, out->at + size)) {
		out->failed = true;
		return NULL;
	}
	place = out->data + out->at;
	out->at += size;
	return place;
}

static void store_u32(uint8_t *place, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		place[i] = (uint8_t)(value >> 8 * i);
}

void wire_begin(struct wire_out *out, enum wire_type type)
{
	uint8_t *header;

	out_enter(out);
	out->at = out->length;
	header = out_place(out, WIRE_HEADER);
	if (header)
		header[4] = (uint8_t)type;
}

void wire_u8(struct wire_out *out, uint8_t value)
{
	uint8_t *place = out_place(out, 1);

	if (place)
		*place = value;
}

void wire_u32(struct wire_out *out, uint32_t value)
{
	uint8_t *place = out_place(out, 4);

	if (place)
		store_u32(place, value);
}

void wire_u64(struct wire_out *out, uint64_t value)
{
	wire_u32(out, (uint32_t)value);
	wire_u32(out, (uint32_t)(value >> 32));
}

void wire_bytes(struct wire_out *out, const void *bytes, size_t length)
{
	uint8_t *place;

	wire_u32(out, (uint32_t)length);
	place = out_place(out, length);
	if (place && length)
		memcpy(place, bytes, length);
}

void wire_text(struct wire_out *out, const char *text)
{
	wire_bytes(out, text, strlen(text));
	wire_u8(out, 0);
}

void wire_end(struct wire_out *out)
{
	if (!out->failed) {
		store_u32(out->data + out->length,
			  (uint32_t)(out->at - out->length - WIRE_HEADER));
		out->length = out->at;
		if (out->length >= OUT_ENOUGH && !out->held)
			wire_flush(out);
	}
	out_leave(out);
}

/* Wait until the other side has taken something. */
static void wait_for_reader(struct wire_out *out)
{
	struct pollfd reader = { .fd = out->fd, .events = POLLOUT };
	uint64_t begin = clock_now_ns();

	poll(&reader, 1, -1);
	out->waited_ns += clock_now_ns() - begin;
}

bool wire_flush(struct wire_out *out)
{
	out_enter(out);
	while (!out->failed && out->sent < out->length) {
		ssize_t n = send(out->fd, out->data + out->sent,
				 out->length - out->sent,
				 MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n >= 0)
			out->sent += (size_t)n;
		else if (errno == EAGAIN)
			wait_for_reader(out);
		else if (errno != EINTR)
			out->failed = true;
	}
	if (!out->failed)
		out->length = out->sent = out->at = 0;
	out_leave(out);
	return !out->failed;
}

void wire_flush_now(struct wire_out *out)
{
	const int saved_errno = errno;
	ssize_t n;

	if (out->busy || out->failed || out->sent == out->length)
		return;
	n = send(out->fd, out->data + out->sent, out->length - out->sent,
		 MSG_NOSIGNAL | MSG_DONTWAIT);
	if (n > 0)
		out->sent += (size_t)n;
	else if (n < 0 && errno != EAGAIN && errno != EINTR)
		out->failed = true;
	if (out->sent == out->length)
		out->length = out->sent = out->at = 0;
	errno = saved_errno;
}

/* -- reading -------------------------------------------------------------- */

/* The next @size bytes of the payload, or NULL and it is bad. */
static const uint8_t *in_place(struct wire_in *in, size_t size)
{
	const uint8_t *place = in->at;

	if (in->bad || (size_t)(in->end - in->at) < size) {
		in->bad = true;
		return NULL;
	}
	in->at += size;
	return place;
}

static uint32_t load_u32(const uint8_t *place)
{
	return (uint32_t)place[0] | (uint32_t)place[1] << 8 |
	       (uint32_t)place[2] << 16 | (uint32_t)place[3] << 24;
}

uint8_t wire_get_u8(struct wire_in *in)
{
	const uint8_t *place = in_place(in, 1);

	return place ? *place : 0;
}

uint32_t wire_get_u32(struct wire_in *in)
{
	const uint8_t *place = in_place(in, 4);

	return place ? load_u32(place) : 0;
}

uint64_t wire_get_u64(struct wire_in *in)
{
	uint64_t low = wire_get_u32(in);

	return low | (uint64_t)wire_get_u32(in) << 32;
}

bool wire_get_flag(struct wire_in *in)
{
	uint8_t value = wire_get_u8(in);

	if (value > 1)
		in->bad = true;
	return value == 1;
}

uint32_t wire_get_most(struct wire_in *in, uint32_t max)
{
	uint32_t value = wire_get_u32(in);

	if (value <= max)
		return value;
	in->bad = true;
	return 0;
}

const void *wire_get_bytes(struct wire_in *in, size_t max, size_t *length)
{
	size_t size = wire_get_u32(in);
	const uint8_t *place;

	*length = 0;
	if (size > max)
		in->bad = true;
	place = in_place(in, size);
	if (!place)
		return "";
	*length = size;
	return place;
}

const char *wire_get_text(struct wire_in *in, size_t max)
{
	size_t length;
	const char *text = wire_get_bytes(in, max, &length);

	if (wire_get_u8(in) != 0 || (length && memchr(text, '\0', length)))
		in->bad = true;
	return in->bad ? "" : text;
}

bool wire_done(const struct wire_in *in)
{
	return !in->bad && in->at == in->end;
}

/* -- messages out of a stream --------------------------------------------- */

bool wire_room(struct wire_buffer *buffer, size_t *size)
{
	size_t unread = buffer->end - buffer->begin, wanted = IN_ROOM;

	if (buffer->begin) {
		memmove(buffer->data, buffer->data + buffer->begin, unread);
		buffer->begin = 0;
		buffer->end = unread;
	}
	/* a large message that has begun: as it comes, not as it claims */
	if (unread > IN_ROOM / 2)
		wanted = 2 * unread;
	if (buffer->room < unread + wanted / 2 &&
	    !bytes_reserve(&buffer->data, &buffer->room, unread + wanted))
		return false;
	*size = buffer->room - buffer->end;
	return true;
}

enum wire_state wire_next(struct wire_buffer *buffer, size_t max,
			  enum wire_type *type, struct wire_in *payload)
{
	const uint8_t *at = buffer->data + buffer->begin;
	size_t unread = buffer->end - buffer->begin, length;

	if (unread < WIRE_HEADER)
		return WIRE_MORE;
	length = load_u32(at);
	if (length > max || !at[4] || at[4] >= NR_WIRE_TYPES)
		return WIRE_BROKEN;
	if (unread - WIRE_HEADER < length)
		return WIRE_MORE;
	*type = (enum wire_type)at[4];
	*payload = (struct wire_in){ .at = at + WIRE_HEADER,
				     .end = at + WIRE_HEADER + length };
	buffer->begin += WIRE_HEADER + length;
	return WIRE_MESSAGE;
}

void wire_buffer_close(struct wire_buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct wire_buffer){ .data = NULL };
}

bool wire_receive(struct wire_buffer *buffer, int fd, enum wire_type wanted,
		  struct wire_in *payload)
{
	enum wire_type type;
	enum wire_state state;
	size_t size;

	while ((state = wire_next(buffer, WIRE_ANSWER_MAX, &type, payload)) ==
	       WIRE_MORE) {
		ssize_t n;

		if (!wire_room(buffer, &size))
			return false;
		n = read(fd, buffer->data + buffer->end, size);
		if (n > 0)
			buffer->end += (size_t)n;
		else if (n == 0 || errno != EINTR)
			return false;
	}
	return state == WIRE_MESSAGE && type == wanted;
}
