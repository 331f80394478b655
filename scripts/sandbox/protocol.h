/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wire: what is said over the one socket between the process that runs a
 * scenario and the one that does its requests again.
 *
 *   length (4) │ type (1) │ payload: words of 1, 4 and 8 bytes, low byte
 *                         │ first, and texts (length, bytes, NUL)
 *
 *   ours: JOB, then the answer to each FILE
 *   the scenario's: HELLO, then what it did in its order, then END
 *
 * The scenario's side is not believed. A reader never goes beyond its
 * payload, and what it read is worth something only while it is not `bad`:
 * look once, at the end (wire_done). The first message of a kind that has
 * no meaning, or has one too large, ends the conversation.
 */
#ifndef SCRIPTS_WIRE_H
#define SCRIPTS_WIRE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WIRE_MAGIC 0x7363777au /* "zwcs" */
#define WIRE_VERSION 1u

enum wire_type {
	WIRE_JOB = 1, /* ours: the scenario and its options */
	WIRE_FILE_ANSWER, /* ours: the contents of a file, or why not */
	WIRE_HELLO, /* magic, version, which layers of isolation hold */
	WIRE_LESSON,
	WIRE_PARAM, /* this one was asked for */
	WIRE_LINE, /* something long begins at this line */
	WIRE_SOURCE, /* the next name that requests come from */
	WIRE_MACHINE, /* a machine from a description */
	WIRE_LOADED, /* a machine from the file asked for last */
	WIRE_REQUEST,
	WIRE_WRITE, /* bytes into a frame */
	WIRE_NOTE,
	WIRE_FILE, /* asks for a file */
	WIRE_END,
	NR_WIRE_TYPES
};

enum { WIRE_HEADER = 5 };

/* Of a payload; larger texts are refused where they are made. */
#define WIRE_PAYLOAD_MAX ((size_t)24 << 20)
#define WIRE_TEXT_MAX ((size_t)16 << 20)
/* Of the answer to FILE, which comes from our side. */
#define WIRE_ANSWER_MAX (((size_t)256 << 20) + 4096)

/* -- writing -------------------------------------------------------------- */

/*
 * Whole messages wait in `data` until there are many. wire_flush() sends
 * them; so may a signal handler, by wire_flush_now(), which never waits and
 * does nothing while a message is being put together.
 */
struct wire_out {
	int fd;
	uint8_t *data;
	size_t length; /* of whole messages */
	size_t sent; /* of them */
	size_t at; /* where the next byte goes */
	size_t room;
	uint64_t waited_ns; /* until the other side took something */
	volatile sig_atomic_t busy; /* how deep inside */
	bool held; /* never sends by itself */
	bool failed; /* no memory, or nobody reads: nothing more is sent */
};

bool wire_out_open(struct wire_out *out, int fd);
void wire_out_close(struct wire_out *out);

void wire_begin(struct wire_out *out, enum wire_type type);
void wire_u8(struct wire_out *out, uint8_t value);
void wire_u32(struct wire_out *out, uint32_t value);
void wire_u64(struct wire_out *out, uint64_t value);
void wire_text(struct wire_out *out, const char *text);
/* Length and bytes; any bytes. */
void wire_bytes(struct wire_out *out, const void *bytes, size_t length);
/* The message is whole; sends when enough is waiting. */
void wire_end(struct wire_out *out);
/* Send all that waits. False: it failed, now or before. */
bool wire_flush(struct wire_out *out);
void wire_flush_now(struct wire_out *out);

/* -- reading -------------------------------------------------------------- */

/* A payload that is being read. */
struct wire_in {
	const uint8_t *at;
	const uint8_t *end;
	bool bad; /* it was too short, or held what it may not */
};

uint8_t wire_get_u8(struct wire_in *in);
uint32_t wire_get_u32(struct wire_in *in);
uint64_t wire_get_u64(struct wire_in *in);
/* A flag, 0 or 1. */
bool wire_get_flag(struct wire_in *in);
/* A number of at most @max. */
uint32_t wire_get_most(struct wire_in *in, uint32_t max);
/* A text of at most @max bytes, in the payload; "" when it is bad. */
const char *wire_get_text(struct wire_in *in, size_t max);
const void *wire_get_bytes(struct wire_in *in, size_t max, size_t *length);
/* Was all of it read, and good? */
bool wire_done(const struct wire_in *in);

/* What came in and is not yet read, cut into messages. */
struct wire_buffer {
	uint8_t *data;
	size_t begin; /* of what is not yet read */
	size_t end;
	size_t room;
};

enum wire_state {
	WIRE_MESSAGE, /* one was cut off */
	WIRE_MORE, /* the next one is not whole yet */
	WIRE_BROKEN, /* the next one's type or length cannot be */
	WIRE_NO_MEMORY,
};

/* Room for bytes to come in at data + end, *@size of them. False: no memory. */
bool wire_room(struct wire_buffer *buffer, size_t *size);
/*
 * Cut off the next message; its payload is in the buffer, valid until
 * wire_room(). @max: of the payload.
 */
enum wire_state wire_next(struct wire_buffer *buffer, size_t max,
			  enum wire_type *type, struct wire_in *payload);
void wire_buffer_close(struct wire_buffer *buffer);

/* Wait for a whole message; only for the scenario's side. */
bool wire_receive(struct wire_buffer *buffer, int fd, enum wire_type wanted,
		  struct wire_in *payload);

#endif
