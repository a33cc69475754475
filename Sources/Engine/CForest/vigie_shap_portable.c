// SPDX-License-Identifier: Apache-2.0

// The SHAP kernel for any processor: the compiler splits a vector into what there is.

#include "vigie_shap.h"

#include <string.h>

#include "vigie_shap_keep.inc"

/// A bit for each row from a byte of 0 or 1 for each.
static inline vigie_row_mask mask_of(const uint8_t bytes[64]) {
    vigie_row_mask mask = 0;
    for (size_t r = 0; r < 64; r += 8) {
        uint64_t eight;
        memcpy(&eight, bytes + r, sizeof eight);
        // The product brings byte i's bit to bit 56 + i.
        mask |= (eight * 0x0102040810204080 >> 56) << r;
    }
    return mask;
}

/// The rows whose value is at most the threshold.
static inline vigie_row_mask at_most32(const float *values, float threshold) {
    uint8_t bytes[64];
    for (size_t r = 0; r < 64; r++) bytes[r] = values[r] <= threshold;
    return mask_of(bytes);
}

static inline vigie_row_mask at_most64(const double *values, double threshold) {
    uint8_t bytes[64];
    for (size_t r = 0; r < 64; r++) bytes[r] = values[r] <= threshold;
    return mask_of(bytes);
}

#define WIDE_LANES 8
#include "vigie_shap.inc"

size_t vigie_shap_block_portable(const vigie_shap_plan *plan, const vigie_shap_scratch *scratch,
                                 size_t row_count, bool are_double) {
    return explain_block(plan, scratch, row_count, are_double);
}

void vigie_shap_ways_portable(const vigie_shap_plan *plan, const vigie_shap_tree *tree,
                              const vigie_shap_scratch *scratch, double *table) {
    take_ways(plan, tree, scratch, table);
}
