// SPDX-License-Identifier: Apache-2.0
// The writer of answers of some rows; see vigie_score_rows.h.
#include "vigie_score_rows.h"

#include <string.h>

enum { WIRE_VARINT = 0, WIRE_BYTES = 2 };

/// Field numbers of ScoreBlock; all tags are one byte.
enum {
    ROW_COUNT = 1,
    PROBABILITIES = 3,
    SCORES = 4,
    RISK_CLASSES = 5,
    PERCENTILES = 6,
    RAW_SCORES = 7,
    REASON_FEATURES = 8,
    REASON_CONTRIBUTIONS = 9,
    REASON_COUNT = 10,
};

static inline size_t varint_bytes(uint64_t value) {
    size_t bytes = 1;
    while (value >= 0x80) {
        value >>= 7;
        bytes++;
    }
    return bytes;
}

static inline uint8_t *write_varint(uint64_t value, uint8_t *output) {
    while (value >= 0x80) {
        *output++ = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    *output++ = (uint8_t)value;
    return output;
}

// Fields that are 0 or empty are left out.

static inline size_t number_bytes(uint32_t value) {
    return value == 0 ? 0 : 1 + varint_bytes(value);
}

static inline size_t field_bytes(size_t content) {
    return content == 0 ? 0 : 1 + varint_bytes(content) + content;
}

static inline uint8_t *write_number(unsigned field, uint32_t value, uint8_t *output) {
    if (value == 0) {
        return output;
    }
    *output++ = (uint8_t)(field << 3 | WIRE_VARINT);
    return write_varint(value, output);
}

static inline uint8_t *write_prefix(unsigned field, size_t content, uint8_t *output) {
    *output++ = (uint8_t)(field << 3 | WIRE_BYTES);
    return write_varint(content, output);
}

/// Values of fixed width are on the wire as they are in the memory of a little-endian machine.
static inline uint8_t *write_fixed(unsigned field, const void *values, size_t bytes,
                                   uint8_t *output) {
    if (bytes == 0) {
        return output;
    }
    output = write_prefix(field, bytes, output);
    memcpy(output, values, bytes);
    return output + bytes;
}

static inline size_t content_bytes(const uint32_t *values, size_t count) {
    size_t bytes = 0;
    for (size_t index = 0; index < count; index++) {
        bytes += varint_bytes(values[index]);
    }
    return bytes;
}

static inline uint8_t *write_varints(unsigned field, const uint32_t *values, size_t count,
                                     uint8_t *output) {
    if (count == 0) {
        return output;
    }
    output = write_prefix(field, content_bytes(values, count), output);
    for (size_t index = 0; index < count; index++) {
        output = write_varint(values[index], output);
    }
    return output;
}

// A column that was not asked for has no entries.
#define COUNT(column, wanted) (block->n_##column == 0 ? 0 : (wanted))
#define FROM(column, index) (block->n_##column == 0 ? NULL : block->column + (index))

size_t vigie_score_rows_bytes(const Vigie__V1__ScoreBlock *block, size_t first, size_t count) {
    size_t reasons = count * block->reason_count;
    size_t first_reason = first * block->reason_count;
    size_t bytes = number_bytes((uint32_t)count) + number_bytes(block->reason_count);
    bytes += field_bytes(COUNT(probabilities, count) * sizeof(double));
    bytes += field_bytes(content_bytes(FROM(scores, first), COUNT(scores, count)));
    bytes += field_bytes(content_bytes(FROM(risk_classes, first), COUNT(risk_classes, count)));
    bytes += field_bytes(COUNT(percentiles, count) * sizeof(float));
    bytes += field_bytes(COUNT(raw_scores, count) * sizeof(double));
    bytes += field_bytes(
        content_bytes(FROM(reason_features, first_reason), COUNT(reason_features, reasons)));
    bytes += field_bytes(COUNT(reason_contributions, reasons) * sizeof(double));
    return bytes;
}

void vigie_score_rows_write(const Vigie__V1__ScoreBlock *block, size_t first, size_t count,
                            uint8_t *output) {
    size_t reasons = count * block->reason_count;
    size_t first_reason = first * block->reason_count;
    output = write_number(ROW_COUNT, (uint32_t)count, output);
    output = write_fixed(PROBABILITIES, FROM(probabilities, first),
                         COUNT(probabilities, count) * sizeof(double), output);
    output = write_varints(SCORES, FROM(scores, first), COUNT(scores, count), output);
    output = write_varints(RISK_CLASSES, FROM(risk_classes, first), COUNT(risk_classes, count),
                           output);
    output = write_fixed(PERCENTILES, FROM(percentiles, first),
                         COUNT(percentiles, count) * sizeof(float), output);
    output = write_fixed(RAW_SCORES, FROM(raw_scores, first),
                         COUNT(raw_scores, count) * sizeof(double), output);
    output = write_varints(REASON_FEATURES, FROM(reason_features, first_reason),
                           COUNT(reason_features, reasons), output);
    output = write_fixed(REASON_CONTRIBUTIONS, FROM(reason_contributions, first_reason),
                         COUNT(reason_contributions, reasons) * sizeof(double), output);
    write_number(REASON_COUNT, block->reason_count, output);
}
