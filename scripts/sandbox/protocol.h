/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * protocol: the messages on the socket between the process that runs a
 * scenario and the parent, which re-executes its requests.
 *
 *   length (4) │ type (1) │ payload: integers of 1, 4 and 8 bytes, little
 *                         │ endian, and texts (length, bytes, NUL)
 *
 *   parent:    JOB, then an answer to each FILE
 *   scenario:  HELLO, then what it does in order, then END
 *
 * The scenario's side is not trusted. A reader never goes beyond its payload;
 * what it has read is valid only if `bad` is false at the end, as
 * message_done() checks. A message with an unknown type or an excessive
 * length ends the run.
 */
#ifndef SCRIPTS_PROTOCOL_H
#define SCRIPTS_PROTOCOL_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROTOCOL_MAGIC 0x7363777au /* "zwcs" */
#define PROTOCOL_VERSION 1u

enum message_type {
	MESSAGE_JOB = 1, /* parent: the scenario and its options */
	MESSAGE_FILE_ANSWER, /* parent: the contents of a file, or the error */
	MESSAGE_HELLO, /* magic, version, the layers of isolation */
	MESSAGE_LESSON,
	MESSAGE_PARAM, /* the script has read this one */
	MESSAGE_LINE, /* this line may take long */
	MESSAGE_SOURCE, /* the name of a file that requests come from */
	MESSAGE_MACHINE, /* a machine from a description */
	MESSAGE_LOADED, /* a machine from the file read last */
	MESSAGE_IMPORTED, /* the same, of a report in it */
	MESSAGE_REQUEST,
	MESSAGE_WRITE, /* bytes into a page */
	MESSAGE_NOTE,
	MESSAGE_FILE, /* read a file */
	MESSAGE_END,
	NR_MESSAGE_TYPES
};

enum { MESSAGE_HEADER = 5 };

/* Of a payload; the limits of the language are lower. */
#define MESSAGE_PAYLOAD_MAX ((size_t)24 << 20)
#define MESSAGE_TEXT_MAX ((size_t)16 << 20)
/* Of MESSAGE_FILE_ANSWER, which the parent sends. */
#define MESSAGE_ANSWER_MAX (((size_t)256 << 20) + 4096)

/* -- writing -------------------------------------------------------------- */

/*
 * Complete messages wait in `data` until there are many. message_flush() sends
 * them; so may a signal handler, by message_flush_now(), which never waits and
 * does nothing while a message is being written.
 */
struct message_writer {
	int fd;
	uint8_t *data;
	size_t length; /* of complete messages */
	size_t sent; /* of them */
	size_t at; /* where the next byte goes */
	size_t room;
	uint64_t waited_ns; /* for the other side to read */
	volatile sig_atomic_t busy; /* nesting depth of writers */
	bool held; /* only message_flush() sends */
	bool failed; /* no memory, or the other side is gone */
};

bool message_writer_init(struct message_writer *out, int fd);
void message_writer_destroy(struct message_writer *out);

void message_begin(struct message_writer *out, enum message_type type);
void message_put_u8(struct message_writer *out, uint8_t value);
void message_put_u32(struct message_writer *out, uint32_t value);
void message_put_u64(struct message_writer *out, uint64_t value);
void message_put_text(struct message_writer *out, const char *text);
/* Length and bytes; any bytes. */
void message_put_bytes(struct message_writer *out, const void *bytes,
		       size_t length);
/* The message is complete; sends when enough messages wait. */
void message_end(struct message_writer *out);
/* Send everything that waits. False: it failed, now or before. */
bool message_flush(struct message_writer *out);
void message_flush_now(struct message_writer *out);

/* -- reading -------------------------------------------------------------- */

/* A payload that is being read. */
struct message_reader {
	const uint8_t *at;
	const uint8_t *end;
	bool bad; /* it was too short, or a value was invalid */
};

uint8_t message_get_u8(struct message_reader *in);
uint32_t message_get_u32(struct message_reader *in);
uint64_t message_get_u64(struct message_reader *in);
/* A flag, 0 or 1. */
bool message_get_flag(struct message_reader *in);
/* A number of at most @max. */
uint32_t message_get_most(struct message_reader *in, uint32_t max);
/* A text of at most @max bytes, in the payload; "" if it is bad. */
const char *message_get_text(struct message_reader *in, size_t max);
const void *message_get_bytes(struct message_reader *in, size_t max,
			      size_t *length);
/* Was the whole payload read, and is it valid? */
bool message_done(const struct message_reader *in);

/* Received bytes, cut into messages. */
struct message_buffer {
	uint8_t *data;
	size_t begin; /* of what is not yet read */
	size_t end;
	size_t room;
};

enum message_state {
	MESSAGE_COMPLETE, /* it was cut off */
	MESSAGE_PARTIAL, /* more bytes are needed */
	MESSAGE_MALFORMED, /* its type or length is invalid */
	MESSAGE_NO_MEMORY,
};

/* Make room for *@size bytes at data + end. False: no memory. */
bool message_buffer_reserve(struct message_buffer *buffer, size_t *size);
/*
 * Cut off the next message; its payload is in the buffer, valid until
 * message_buffer_reserve(). @max: of the payload.
 */
enum message_state message_next(struct message_buffer *buffer, size_t max,
				enum message_type *type,
				struct message_reader *payload);
void message_buffer_destroy(struct message_buffer *buffer);

/* Wait for a message; only for the scenario's side. */
bool message_receive(struct message_buffer *buffer, int fd,
		     enum message_type wanted, struct message_reader *payload);

#endif
