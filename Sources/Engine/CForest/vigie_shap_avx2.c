// SPDX-License-Identifier: Apache-2.0

// The SHAP kernel for x86-64 with AVX2 and FMA: eight rows are two registers.

#include "vigie_shap.h"

#if defined(__x86_64__)

#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#include "vigie_shap_keep.inc"

/// The rows whose value is at most the threshold.
static inline vigie_row_mask at_most32(const float *values, float threshold) {
    __m256 limit = _mm256_set1_ps(threshold);
    vigie_row_mask mask = 0;
    for (size_t r = 0; r < 64; r += 8) {
        __m256 holds = _mm256_cmp_ps(_mm256_load_ps(values + r), limit, _CMP_LE_OQ);
        mask |= (uint64_t)_mm256_movemask_ps(holds) << r;
    }
    return mask;
}

static inline vigie_row_mask at_most64(const double *values, double threshold) {
    __m256d limit = _mm256_set1_pd(threshold);
    vigie_row_mask mask = 0;
    for (size_t r = 0; r < 64; r += 4) {
        __m256d holds = _mm256_cmp_pd(_mm256_load_pd(values + r), limit, _CMP_LE_OQ);
        mask |= (uint64_t)_mm256_movemask_pd(holds) << r;
    }
    return mask;
}

#define WIDE_LANES 16
#include "vigie_shap.inc"

size_t vigie_shap_block_avx2(const vigie_shap_plan *plan, const vigie_shap_scratch *scratch,
                             size_t row_count, bool are_double) {
    return explain_block(plan, scratch, row_count, are_double);
}

void vigie_shap_ways_avx2(const vigie_shap_plan *plan, const vigie_shap_tree *tree,
                          const vigie_shap_scratch *scratch, double *table) {
    take_ways(plan, tree, scratch, table);
}

#pragma clang attribute pop

#endif
