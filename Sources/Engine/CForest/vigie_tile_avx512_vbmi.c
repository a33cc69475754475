// SPDX-License-Identifier: Apache-2.0

// Tiles for x86-64 with AVX-512 and VBMI: a register is a subtree's table.

#include "vigie_slice.h"
#include "vigie_walk.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <math.h>
#include <string.h>

#pragma clang attribute push(                                                 \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi"))), \
    apply_to = function)

#include "vigie_tile_avx512.inc"

/// Replaces the numbers that are `own` by the entries of the table.
SLICE_INLINE void look_up_if(tile_vector *numbers, tile_vector own, const tile_vector *index,
                             const uint8_t *table, int vector_count) {
    __m512i entries = _mm512_load_si512(table);
    for (int v = 0; v < vector_count; v++) {
        __m512i number = (__m512i)numbers[v];
        __mmask64 is_own = _mm512_cmpeq_epi8_mask(number, (__m512i)own);
        numbers[v] = (tile_vector)_mm512_mask_permutexvar_epi8(number, is_own, (__m512i)index[v],
                                                               entries);
    }
}

#include "vigie_tile.inc"

#include "vigie_slice_avx512_sums.inc"
#include "vigie_slice.inc"

void vigie_tile_avx512_vbmi(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                            vigie_rows rows, double *output) {
    score_block(plan, workspace, rows, output);
}

#pragma clang attribute pop

#endif
