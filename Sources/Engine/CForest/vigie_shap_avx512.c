// SPDX-License-Identifier: Apache-2.0

// The SHAP kernel for x86-64 with AVX-512: eight rows are one register.

#include "vigie_shap.h"

#if defined(__x86_64__)

#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))), \
                             apply_to = function)

/// Sets the values to 0 whose bit is not set.
static inline __attribute__((always_inline)) void keep_eight(uint8_t mask, double values[8]) {
    _mm512_store_pd(values, _mm512_maskz_mov_pd(mask, _mm512_load_pd(values)));
}

/// The rows whose value is at most the threshold.
static inline vigie_row_mask at_most32(const float *values, float threshold) {
    __m512 limit = _mm512_set1_ps(threshold);
    vigie_row_mask mask = 0;
    for (size_t r = 0; r < 64; r += 16) {
        uint64_t part = _mm512_cmp_ps_mask(_mm512_load_ps(values + r), limit, _CMP_LE_OQ);
        mask |= part << r;
    }
    return mask;
}

static inline vigie_row_mask at_most64(const double *values, double threshold) {
    __m512d limit = _mm512_set1_pd(threshold);
    vigie_row_mask mask = 0;
    for (size_t r = 0; r < 64; r += 8) {
        uint64_t part = _mm512_cmp_pd_mask(_mm512_load_pd(values + r), limit, _CMP_LE_OQ);
        mask |= part << r;
    }
    return mask;
}

#define WIDE_LANES 32
#include "vigie_shap.inc"

size_t vigie_shap_block_avx512(const vigie_shap_plan *plan, const vigie_shap_scratch *scratch,
                               size_t row_count, bool are_double) {
    return explain_block(plan, scratch, row_count, are_double);
}

void vigie_shap_ways_avx512(const vigie_shap_plan *plan, const vigie_shap_tree *tree,
                            const vigie_shap_scratch *scratch, double *table) {
    take_ways(plan, tree, scratch, table);
}

#pragma clang attribute pop

#endif
