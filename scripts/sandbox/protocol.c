/* SPDX-License-Identifier: GPL-2.0-or-later */
/* protocol: messages to bytes and back. */
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
	OUT_ENOUGH = 1 << 15, /* waiting bytes that are worth a system call */
	IN_ROOM = 1 << 16,
};

/* -- writing -------------------------------------------------------------- */

bool message_writer_init(struct message_writer *out, int fd)
{
	*out = (struct message_writer){ .fd = fd, .data = malloc(OUT_ROOM) };
	if (!out->data)
		return false;
	out->room = OUT_ROOM;
	return true;
}

void message_writer_destroy(struct message_writer *out)
{
	free(out->data);
	*out = (struct message_writer){ .fd = -1 };
}

/* Until out_leave(), message_flush_now() in a signal handler does nothing. */
static void out_enter(struct message_writer *out)
{
	out->busy++;
	atomic_signal_fence(memory_order_seq_cst);
}

static void out_leave(struct message_writer *out)
{
	atomic_signal_fence(memory_order_seq_cst);
	out->busy--;
}

/* Where @size bytes go, or NULL. */
static uint8_t *out_place(struct message_writer *out, size_t size)
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

void message_begin(struct message_writer *out, enum message_type type)
{
	uint8_t *header;

	out_enter(out);
	out->at = out->length;
	header = out_place(out, MESSAGE_HEADER);
	if (header)
		header[4] = (uint8_t)type;
}

void message_put_u8(struct message_writer *out, uint8_t value)
{
	uint8_t *place = out_place(out, 1);

	if (place)
		*place = value;
}

void message_put_u32(struct message_writer *out, uint32_t value)
{
	uint8_t *place = out_place(out, 4);

	if (place)
		store_u32(place, value);
}

void message_put_u64(struct message_writer *out, uint64_t value)
{
	message_put_u32(out, (uint32_t)value);
	message_put_u32(out, (uint32_t)(value >> 32));
}

void message_put_bytes(struct message_writer *out, const void *bytes,
		       size_t length)
{
	uint8_t *place;

	message_put_u32(out, (uint32_t)length);
	place = out_place(out, length);
	if (place && length)
		memcpy(place, bytes, length);
}

void message_put_text(struct message_writer *out, const char *text)
{
	message_put_bytes(out, text, strlen(text));
	message_put_u8(out, 0);
}

void message_end(struct message_writer *out)
{
	if (!out->failed) {
		store_u32(out->data + out->length,
			  (uint32_t)(out->at - out->length - MESSAGE_HEADER));
		out->length = out->at;
		if (out->length >= OUT_ENOUGH && !out->held)
			message_flush(out);
	}
	out_leave(out);
}

/* Wait until the other side has read something. */
static void wait_for_reader(struct message_writer *out)
{
	struct pollfd reader = { .fd = out->fd, .events = POLLOUT };
	uint64_t begin = clock_now_ns();

	poll(&reader, 1, -1);
	out->waited_ns += clock_now_ns() - begin;
}

bool message_flush(struct message_writer *out)
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

void message_flush_now(struct message_writer *out)
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
static const uint8_t *in_place(struct message_reader *in, size_t size)
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

uint8_t message_get_u8(struct message_reader *in)
{
	const uint8_t *place = in_place(in, 1);

	return place ? *place : 0;
}

uint32_t message_get_u32(struct message_reader *in)
{
	const uint8_t *place = in_place(in, 4);

	return place ? load_u32(place) : 0;
}

uint64_t message_get_u64(struct message_reader *in)
{
	uint64_t low = message_get_u32(in);

	return low | (uint64_t)message_get_u32(in) << 32;
}

bool message_get_flag(struct message_reader *in)
{
	uint8_t value = message_get_u8(in);

	if (value > 1)
		in->bad = true;
	return value == 1;
}

uint32_t message_get_most(struct message_reader *in, uint32_t max)
{
	uint32_t value = message_get_u32(in);

	if (value <= max)
		return value;
	in->bad = true;
	return 0;
}

const void *message_get_bytes(struct message_reader *in, size_t max,
			      size_t *length)
{
	size_t size = message_get_u32(in);
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

const char *message_get_text(struct message_reader *in, size_t max)
{
	size_t length;
	const char *text = message_get_bytes(in, max, &length);

	if (message_get_u8(in) != 0 || (length && memchr(text, '\0', length)))
		in->bad = true;
	return in->bad ? "" : text;
}

bool message_done(const struct message_reader *in)
{
	return !in->bad && in->at == in->end;
}

/* -- messages out of a buffer --------------------------------------------- */

bool message_buffer_reserve(struct message_buffer *buffer, size_t *size)
{
	size_t unread = buffer->end - buffer->begin, wanted = IN_ROOM;

	if (buffer->begin) {
		memmove(buffer->data, buffer->data + buffer->begin, unread);
		buffer->begin = 0;
		buffer->end = unread;
	}
	/* grow with what has arrived, not with the length it claims */
	if (unread > IN_ROOM / 2)
		wanted = 2 * unread;
	if (buffer->room < unread + wanted / 2 &&
	    !bytes_reserve(&buffer->data, &buffer->room, unread + wanted))
		return false;
	*size = buffer->room - buffer->end;
	return true;
}

enum message_state message_next(struct message_buffer *buffer, size_t max,
				enum message_type *type,
				struct message_reader *payload)
{
	const uint8_t *at = buffer->data + buffer->begin;
	size_t unread = buffer->end - buffer->begin, length;

	if (unread < MESSAGE_HEADER)
		return MESSAGE_PARTIAL;
	length = load_u32(at);
	if (length > max || !at[4] || at[4] >= NR_MESSAGE_TYPES)
		return MESSAGE_MALFORMED;
	if (unread - MESSAGE_HEADER < length)
		return MESSAGE_PARTIAL;
	*type = (enum message_type)at[4];
	*payload =
		(struct message_reader){ .at = at + MESSAGE_HEADER,
					 .end = at + MESSAGE_HEADER + length };
	buffer->begin += MESSAGE_HEADER + length;
	return MESSAGE_COMPLETE;
}

void message_buffer_destroy(struct message_buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct message_buffer){ .data = NULL };
}

bool message_receive(struct message_buffer *buffer, int fd,
		     enum message_type wanted, struct message_reader *payload)
{
	enum message_type type;
	enum message_state state;
	size_t size;

	while ((state = message_next(buffer, MESSAGE_ANSWER_MAX, &type,
				     payload)) == MESSAGE_PARTIAL) {
		ssize_t n;

		if (!message_buffer_reserve(buffer, &size))
			return false;
		n = read(fd, buffer->data + buffer->end, size);
		if (n > 0)
			buffer->end += (size_t)n;
		else if (n == 0 || errno != EINTR)
			return false;
	}
	return state == MESSAGE_COMPLETE && type == wanted;
}
