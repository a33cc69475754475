// SPDX-License-Identifier: Apache-2.0
// The reader of the outer shell; see vigie_envelope.h.
#include "vigie_envelope.h"

#include <string.h>

enum { WIRE_VARINT = 0, WIRE_FIXED64 = 1, WIRE_BYTES = 2, WIRE_FIXED32 = 5 };
enum { HEADER_FIELD = 1, BLOCK_FIELD = 2, VARINT_BYTES_MAX = 10 };

typedef struct {
    const uint8_t *next;
    const uint8_t *end;
} reader;

static bool read_long_varint(reader *input, uint64_t *value) {
    *value = 0;
    for (unsigned index = 0; index < VARINT_BYTES_MAX && input->next < input->end; index++) {
        uint8_t byte = *input->next++;
        *value |= (uint64_t)(byte & 0x7f) << (7 * index);
        if (byte < 0x80) {
            return true;
        }
    }
    return false;
}

/// Most have one byte.
static inline bool read_varint(reader *input, uint64_t *value) {
    if (input->next < input->end && *input->next < 0x80) {
        *value = *input->next++;
        return true;
    }
    return read_long_varint(input, value);
}

static inline bool skip(reader *input, uint64_t size) {
    if (size > (uint64_t)(input->end - input->next)) {
        return false;
    }
    input->next += size;
    return true;
}

/// Passes over the value of a field; for a field of bytes, `start` is where
/// they begin (after their length) and NULL for all others.
static inline bool skip_value(reader *input, unsigned wire_type, const uint8_t **start) {
    uint64_t value;
    *start = NULL;
    switch (wire_type) {
    case WIRE_VARINT:
        return read_varint(input, &value);
    case WIRE_FIXED64:
        return skip(input, 8);
    case WIRE_FIXED32:
        return skip(input, 4);
    case WIRE_BYTES:
        if (!read_varint(input, &value)) {
            return false;
        }
        *start = input->next;
        return skip(input, value);
    default:
        return false;
    }
}

static vigie_envelope_result set_part(const uint8_t **part, size_t *part_bytes,
                                      const uint8_t *start, const uint8_t *end) {
    if (start == NULL) {
        return VIGIE_ENVELOPE_MALFORMED;
    }
    if (*part != NULL) {
        return VIGIE_ENVELOPE_REPEATED;
    }
    *part = start;
    *part_bytes = (size_t)(end - start);
    return VIGIE_ENVELOPE_READ;
}

bool vigie_has_few_fields(const uint8_t *data, size_t size, size_t fields_max) {
    reader input = {data, data + size};
    for (size_t count = 0; input.next < input.end; count++) {
        uint64_t tag;
        const uint8_t *start;
        if (count >= fields_max) {
            return false;
        }
        if (!read_varint(&input, &tag) || !skip_value(&input, tag & 7, &start)) {
            return true;
        }
    }
    return true;
}

bool vigie_header_has_zeros(const uint8_t *data, size_t size) {
    // model, columns, as_of_date, text_columns
    enum { STRING_FIELDS = 1 << 1 | 1 << 2 | 1 << 5 | 1 << 6 };
    reader input = {data, data + size};
    while (input.next < input.end) {
        uint64_t tag;
        const uint8_t *start;
        if (!read_varint(&input, &tag) || !skip_value(&input, tag & 7, &start)) {
            return false;
        }
        uint64_t field = tag >> 3;
        if (start != NULL && field < 8 && (STRING_FIELDS >> field & 1) &&
            memchr(start, 0, (size_t)(input.next - start)) != NULL) {
            return true;
        }
    }
    return false;
}

vigie_envelope_result vigie_envelope_read(const uint8_t *data, size_t size, size_t fields_max,
                                          vigie_envelope *envelope) {
    reader input = {data, data + size};
    *envelope = (vigie_envelope){0};
    for (size_t count = 0; input.next < input.end; count++) {
        if (count >= fields_max) {
            return VIGIE_ENVELOPE_TOO_MANY_FIELDS;
        }
        uint64_t tag;
        const uint8_t *start;
        if (!read_varint(&input, &tag) || tag >> 3 == 0 || tag > UINT32_MAX ||
            !skip_value(&input, tag & 7, &start)) {
            return VIGIE_ENVELOPE_MALFORMED;
        }
        vigie_envelope_result result = VIGIE_ENVELOPE_READ;
        if (tag >> 3 == HEADER_FIELD) {
            result = set_part(&envelope->header, &envelope->header_bytes, start, input.next);
        } else if (tag >> 3 == BLOCK_FIELD) {
            result = set_part(&envelope->block, &envelope->block_bytes, start, input.next);
        }
        if (result != VIGIE_ENVELOPE_READ) {
            return result;
        }
    }
    return VIGIE_ENVELOPE_READ;
}

enum { ROW_COUNT_FIELD = 1, LAYOUT_FIELD = 2, DIGEST_FIELD = 6 };

uint32_t vigie_block_row_count(const uint8_t *data, size_t size, size_t fields_max) {
    reader input = {data, data + size};
    uint64_t row_count = 0;
    for (size_t count = 0; input.next < input.end && count < fields_max; count++) {
        uint64_t tag;
        const uint8_t *start;
        if (!read_varint(&input, &tag)) {
            break;
        }
        bool is_read = tag == (ROW_COUNT_FIELD << 3 | WIRE_VARINT)
                           ? read_varint(&input, &row_count)
                           : skip_value(&input, tag & 7, &start);
        if (!is_read) {
            break;
        }
    }
    return (uint32_t)row_count;
}

static bool is_values_tag(uint64_t tag) {
    return tag == (VIGIE_VALUES_FLOAT << 3 | WIRE_BYTES) ||
           tag == (VIGIE_VALUES_DOUBLE << 3 | WIRE_BYTES) ||
           tag == (VIGIE_VALUES_QUANTISED << 3 | WIRE_BYTES);
}

bool vigie_plain_block_read(const uint8_t *data, size_t size, vigie_plain_block *block) {
    reader input = {data, data + size};
    bool has_row_count = false;
    bool has_layout = false;
    *block = (vigie_plain_block){0};
    while (input.next < input.end) {
        uint64_t tag;
        if (!read_varint(&input, &tag)) {
            return false;
        }
        if (tag == (ROW_COUNT_FIELD << 3 | WIRE_VARINT) && !has_row_count) {
            has_row_count = true;
            if (!read_varint(&input, &block->row_count)) {
                return false;
            }
        } else if (tag == (LAYOUT_FIELD << 3 | WIRE_VARINT) && !has_layout) {
            has_layout = true;
            if (!read_varint(&input, &block->layout)) {
                return false;
            }
        } else if (tag == (DIGEST_FIELD << 3 | WIRE_BYTES) && block->digest == NULL) {
            if (!skip_value(&input, WIRE_BYTES, &block->digest)) {
                return false;
            }
            block->digest_bytes = (size_t)(input.next - block->digest);
        } else if (is_values_tag(tag) && block->values == NULL) {
            block->field = (vigie_values_field)(tag >> 3);
            if (!skip_value(&input, WIRE_BYTES, &block->values)) {
                return false;
            }
            block->value_bytes = (size_t)(input.next - block->values);
        } else {
            return false;
        }
    }
    return true;
}
