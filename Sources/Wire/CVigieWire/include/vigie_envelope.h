// SPDX-License-Identifier: Apache-2.0
// The outer shell of the row messages. ScoreRowsRequest and
// StreamScoreRowsRequest both carry a ScoreHeader in field 1 and a RowBlock in
// field 2, so one reader finds both without decoding what is inside; a header
// that equals the one before need not be decoded again.
#ifndef VIGIE_ENVELOPE_H
#define VIGIE_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Where the parts of a message are. A part that is absent has NULL bytes.
typedef struct {
    const uint8_t *header;
    size_t header_bytes;
    const uint8_t *block;
    size_t block_bytes;
} vigie_envelope;

typedef enum {
    VIGIE_ENVELOPE_READ = 0,
    /// The bytes are no protobuf message.
    VIGIE_ENVELOPE_MALFORMED = 1,
    /// The header or the block is there more than once.
    VIGIE_ENVELOPE_REPEATED = 2,
    /// There are more fields than there may be.
    VIGIE_ENVELOPE_TOO_MANY_FIELDS = 3,
} vigie_envelope_result;

/// Finds header and block in `size` bytes of a message; unknown fields are
/// passed over. The parts point into `data`.
vigie_envelope_result vigie_envelope_read(const uint8_t *data, size_t size, size_t fields_max,
                                          vigie_envelope *envelope);

/// Whether a message has at most `fields_max` fields. A decoder spends far more on a field than
/// it takes to send two bytes. True for bytes that are no message: a decoder soon sees it.
bool vigie_has_few_fields(const uint8_t *data, size_t size, size_t fields_max);

/// Whether a string of a ScoreHeader has the character 0: C takes it for the end of the string, so
/// that another name would be read than was written. False for bytes that are no message.
bool vigie_header_has_zeros(const uint8_t *data, size_t size);

/// The row count of a RowBlock however it is written, as a decoder would find it: of several the
/// last. At most `fields_max` fields are looked at.
uint32_t vigie_block_row_count(const uint8_t *data, size_t size, size_t fields_max);

/// Fields of a RowBlock that hold values.
typedef enum {
    VIGIE_VALUES_FLOAT = 3,
    VIGIE_VALUES_DOUBLE = 4,
    VIGIE_VALUES_QUANTISED = 5,
} vigie_values_field;

/// The values of a RowBlock where they lie.
typedef struct {
    uint64_t row_count;
    uint64_t layout;
    const uint8_t *values;
    size_t value_bytes;
    /// The field of the values; nothing of its own without values.
    vigie_values_field field;
    /// The digest of quantised values; NULL without one.
    const uint8_t *digest;
    size_t digest_bytes;
} vigie_plain_block;

/// Reads a RowBlock as nearly all clients write it: no field twice, none unknown, the
/// values packed in one piece.
///
/// Returns false for every other block, valid or not; protobuf-c tells which.
bool vigie_plain_block_read(const uint8_t *data, size_t size, vigie_plain_block *block);

#endif
