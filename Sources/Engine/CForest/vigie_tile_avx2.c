// SPDX-License-Identifier: Apache-2.0

// Tiles for x86-64 with AVX2: 32 rows a register, and a subtree's table is four halves of one.

#include "vigie_slice.h"
#include "vigie_walk.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <math.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)

typedef uint8_t tile_vector __attribute__((vector_size(32), aligned(32)));

/// Adds the bit where the byte goes left.
SLICE_INLINE tile_vector add_if_left(tile_vector index, tile_vector bytes, tile_vector rank,
                                     tile_vector bit) {
    return index | ((tile_vector)(bytes <= rank) & bit);
}

/// Replaces the numbers that are `own` by the entries of the table. The index's low four bits
/// choose among sixteen bytes, the others between four such tables.
SLICE_INLINE void look_up_if(tile_vector *numbers, tile_vector own, const tile_vector *index,
                             const uint8_t *table, int vector_count) {
    __m256i part[4];
    for (int i = 0; i < 4; i++) {
        __m128i bytes = _mm_load_si128((const __m128i *)(table + 16 * i));
        part[i] = _mm256_broadcastsi128_si256(bytes);
    }
    for (int v = 0; v < vector_count; v++) {
        __m256i number = (__m256i)numbers[v], at = (__m256i)index[v];
        __m256i is_own = _mm256_cmpeq_epi8(number, (__m256i)own);
        // A blend goes by the high bit of each byte.
        __m256i is_odd = _mm256_slli_epi16(at, 3), is_upper = _mm256_slli_epi16(at, 2);
        __m256i lower = _mm256_blendv_epi8(_mm256_shuffle_epi8(part[0], at),
                                           _mm256_shuffle_epi8(part[1], at), is_odd);
        __m256i upper = _mm256_blendv_epi8(_mm256_shuffle_epi8(part[2], at),
                                           _mm256_shuffle_epi8(part[3], at), is_odd);
        __m256i entry = _mm256_blendv_epi8(lower, upper, is_upper);
        numbers[v] = (tile_vector)_mm256_blendv_epi8(number, entry, is_own);
    }
}

#include "vigie_bins_avx2.inc"
#include "vigie_sums_avx2.inc"

#include "vigie_tile.inc"
#include "vigie_slice.inc"

void vigie_tile_avx2(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                     vigie_rows rows, double *output) {
    score_block(plan, workspace, rows, output);
}

#pragma clang attribute pop

#endif
