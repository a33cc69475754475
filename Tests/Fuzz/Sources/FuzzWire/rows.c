// SPDX-License-Identifier: Apache-2.0

#include "FuzzWire.h"

#include "CVigieWire.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/// What protobuf-c makes of a block must be what the reader in place has found.
static void compare(const vigie_plain_block *plain, const Vigie__V1__RowBlock *block) {
    if (!block) abort();
    if (plain->row_count != block->row_count || plain->layout != (uint64_t)block->layout) abort();
    size_t count = plain->value_bytes;
    const void *values = NULL;
    switch (plain->field) {
    case VIGIE_VALUES_FLOAT:
        if (count != block->n_float_values * sizeof(float)) abort();
        values = block->float_values;
        break;
    case VIGIE_VALUES_DOUBLE:
        if (count != block->n_double_values * sizeof(double)) abort();
        values = block->double_values;
        break;
    case VIGIE_VALUES_QUANTISED:
        if (count != block->quantised_values.len) abort();
        values = block->quantised_values.data;
        break;
    default:
        if (count != 0) abort();
    }
    if (count > 0 && memcmp(plain->values, values, count) != 0) abort();
    if (plain->digest_bytes != block->quantiser_digest.len) abort();
}

/// Whether the values end with one: others are left to protobuf-c, which refuses them.
static bool is_whole(const vigie_plain_block *plain) {
    size_t width = plain->field == VIGIE_VALUES_FLOAT    ? sizeof(float)
                   : plain->field == VIGIE_VALUES_DOUBLE ? sizeof(double)
                                                         : 1;
    return plain->value_bytes % width == 0;
}

static const size_t fields_max = 32768;

int vigie_fuzz_rows(const uint8_t *start, size_t count) {
    vigie_envelope parts;
    if (vigie_envelope_read(start, count, fields_max, &parts) != VIGIE_ENVELOPE_READ) return 0;
    vigie_arena *arena = vigie_arena_create(4096, 1 << 16);
    if (parts.header) {
        vigie_arena_reset(arena, 4 * parts.header_bytes + (1 << 20));
        vigie__v1__score_header__unpack(vigie_arena_allocator(arena), parts.header_bytes,
                                        parts.header);
    }
    if (parts.block) {
        vigie_arena_reset(arena, 2 * parts.block_bytes + (1 << 20));
        Vigie__V1__RowBlock *block = vigie__v1__row_block__unpack(
            vigie_arena_allocator(arena), parts.block_bytes, parts.block);
        vigie_plain_block plain;
        if (vigie_plain_block_read(parts.block, parts.block_bytes, &plain) && is_whole(&plain)) {
            compare(&plain, block);
        }
        // Of many fields only so many are looked at.
        if (block && vigie_has_few_fields(parts.block, parts.block_bytes, fields_max) &&
            vigie_block_row_count(parts.block, parts.block_bytes, fields_max) !=
                block->row_count) {
            abort();
        }
    }
    vigie_arena_destroy(arena);
    return 0;
}
