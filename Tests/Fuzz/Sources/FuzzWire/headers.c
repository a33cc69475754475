// SPDX-License-Identifier: Apache-2.0

#include "FuzzWire.h"

#include "CHTTP2Session.h"

#include <stdlib.h>
#include <string.h>

/// A part of the input in memory of its own, so that a read beyond its end is found.
static uint8_t *copy_of(const uint8_t *start, size_t count) {
    uint8_t *copy = malloc(count);
    if (!copy) abort();
    memcpy(copy, start, count);
    return copy;
}

int vigie_fuzz_headers(const uint8_t *start, size_t count) {
    static const char path[] = "/vigie.v1.ScoringService/ScoreRows";
    const vigie_path paths[] = {{(const uint8_t *)path, sizeof path - 1}};
    const vigie_head_rules rules = {
        .byte_count_max = 4096, .count_max = 50, .paths = paths, .path_count = 1};
    vigie_request_head head;
    vigie_request_head_begin(&head, &rules);
    const uint8_t *end = start + count;
    while (end - start >= 2) {
        size_t name_length = *start++;
        if ((size_t)(end - start) <= name_length) break;
        uint8_t *name = copy_of(start, name_length);
        start += name_length;
        size_t value_length = *start++;
        if ((size_t)(end - start) < value_length) value_length = (size_t)(end - start);
        uint8_t *value = copy_of(start, value_length);
        start += value_length;
        vigie_field field = vigie_request_head_receive(&head, &rules, name, name_length, value,
                                                       value_length);
        free(name);
        free(value);
        if (field == VIGIE_FIELD_FLOOD) break;
    }
    if (head.route_index > rules.path_count) abort();
    return 0;
}
