// SPDX-License-Identifier: Apache-2.0

// Tiles for x86-64 with AVX-512: a subtree's table is four registers of sixteen bytes.

#include "vigie_slice.h"
#include "vigie_walk.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <math.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))), \
                             apply_to = function)

#include "vigie_tile_avx512.inc"

/// Replaces the numbers that are `own` by the entries of the table. The index's low four bits
/// choose among sixteen bytes, the others between four such tables.
SLICE_INLINE void look_up_if(tile_vector *numbers, tile_vector own, const tile_vector *index,
                             const uint8_t *table, int vector_count) {
    __m512i part[4];
    for (int i = 0; i < 4; i++) {
        __m128i bytes = _mm_load_si128((const __m128i *)(table + 16 * i));
        part[i] = _mm512_broadcast_i32x4(bytes);
    }
    for (int v = 0; v < vector_count; v++) {
        __m512i number = (__m512i)numbers[v], at = (__m512i)index[v];
        __mmask64 is_own = _mm512_cmpeq_epi8_mask(number, (__m512i)own);
        __mmask64 is_odd = _mm512_test_epi8_mask(at, _mm512_set1_epi8(16));
        __mmask64 is_upper = _mm512_test_epi8_mask(at, _mm512_set1_epi8(32));
        __m512i entry = _mm512_shuffle_epi8(part[0], at);
        entry = _mm512_mask_shuffle_epi8(entry, is_odd, part[1], at);
        __m512i upper = _mm512_shuffle_epi8(part[2], at);
        upper = _mm512_mask_shuffle_epi8(upper, is_odd, part[3], at);
        entry = _mm512_mask_mov_epi8(entry, is_upper, upper);
        numbers[v] = (tile_vector)_mm512_mask_mov_epi8(number, is_own, entry);
    }
}

#include "vigie_tile.inc"

#include "vigie_slice_avx512_sums.inc"
#include "vigie_slice.inc"

void vigie_tile_avx512(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                       vigie_rows rows, double *output) {
    score_block(plan, workspace, rows, output);
}

#pragma clang attribute pop

#endif
