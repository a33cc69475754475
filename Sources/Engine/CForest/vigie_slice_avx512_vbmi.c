// SPDX-License-Identifier: Apache-2.0

// The bit-sliced kernel for x86-64 with AVX-512, VBMI and GFNI, where a register is a table of
// 64 bytes: a tree goes by subtrees instead of steps.

#include "vigie_slice.h"
#include "vigie_walk.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <math.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target(                                      \
                                 "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,gfni"))), \
                             apply_to = function)

#define BLOCK_BYTES 64
#define PART_BYTES 64
#include "vigie_slice_planes.inc"

/// Turns the six conditions of a subtree into an index for each row, in the low bits of its byte:
/// unpacking brings the conditions' bytes of the same eight rows together, and a product with the
/// unit vectors turns each such square of bits on its side.
SLICE_INLINE void find_indices(const char *arena, const vigie_slice_subtree *subtree,
                               __m512i index[8]) {
    const __m512i units = _mm512_set1_epi64(0x8040201008040201);
    __m512i condition[vigie_slice_subtree_splits_max];
    for (int i = 0; i < 2; i++) {
        vigie_slice_places places = subtree->conditions[i];
        __m512i *to = condition + 3 * i;
        to[0] = _mm512_load_si512(arena + place_bytes(places, vigie_slice_place0_bit));
        to[1] = _mm512_load_si512(arena + place_bytes(places, vigie_slice_place1_bit));
        to[2] = _mm512_load_si512(arena + place_bytes(places, vigie_slice_place2_bit));
    }
    // The first condition goes last: row 7 of the matrix gives bit 0.
    __m512i pairs[3][2];
    for (int i = 0; i < 3; i++) {
        pairs[i][0] = _mm512_unpacklo_epi8(condition[2 * i + 1], condition[2 * i]);
        pairs[i][1] = _mm512_unpackhi_epi8(condition[2 * i + 1], condition[2 * i]);
    }
    for (int i = 0; i < 2; i++) {
        __m512i first[2] = {_mm512_unpacklo_epi16(pairs[1][i], pairs[0][i]),
                            _mm512_unpackhi_epi16(pairs[1][i], pairs[0][i])};
        // What comes before the last pair ends in the two bits that a look-up ignores.
        __m512i last[2] = {_mm512_unpacklo_epi16(pairs[2][i], pairs[2][i]),
                           _mm512_unpackhi_epi16(pairs[2][i], pairs[2][i])};
        for (int j = 0; j < 2; j++) {
            __m512i low = _mm512_unpacklo_epi32(last[j], first[j]);
            __m512i high = _mm512_unpackhi_epi32(last[j], first[j]);
            index[4 * i + 2 * j] = _mm512_gf2p8affine_epi64_epi8(units, low, 0);
            index[4 * i + 2 * j + 1] = _mm512_gf2p8affine_epi64_epi8(units, high, 0);
        }
    }
}

/// Fetches the conditions of a subtree into the cache: they are all over the arena.
SLICE_INLINE void fetch_conditions(const char *arena, const vigie_slice_subtree *subtree) {
    for (int i = 0; i < 2; i++) {
        vigie_slice_places places = subtree->conditions[i];
        _mm_prefetch(arena + place_bytes(places, vigie_slice_place0_bit), _MM_HINT_T0);
        _mm_prefetch(arena + place_bytes(places, vigie_slice_place1_bit), _MM_HINT_T0);
        _mm_prefetch(arena + place_bytes(places, vigie_slice_place2_bit), _MM_HINT_T0);
    }
}

/// Finds the leaf numbers in one tree.
SLICE_INLINE void find_numbers_of_tree(const char *arena, const vigie_slice_subtree *subtree,
                                       const uint8_t *table, size_t count, uint8_t *numbers) {
    __m512i number[8], index[8];
    fetch_conditions(arena, subtree + vigie_slice_subtrees_ahead);
    find_indices(arena, subtree, index);
    __m512i entries = _mm512_loadu_si512(table);
    for (int i = 0; i < 8; i++) number[i] = _mm512_permutexvar_epi8(index[i], entries);
    for (size_t s = 1; s < count; s++) {
        fetch_conditions(arena, subtree + s + vigie_slice_subtrees_ahead);
        find_indices(arena, subtree + s, index);
        entries = _mm512_loadu_si512(table + 64 * s);
        __m512i own = _mm512_set1_epi8((char)subtree[s].number);
        for (int i = 0; i < 8; i++) {
            __mmask64 is_here = _mm512_cmpeq_epi8_mask(number[i], own);
            number[i] = _mm512_mask_permutexvar_epi8(number[i], is_here, index[i], entries);
        }
    }
    for (int i = 0; i < 8; i++) _mm512_store_si512(numbers + 64 * i, number[i]);
}

/// Finds the leaf numbers of `count` trees from `first` on.
static __attribute__((noinline)) void find_numbers(const vigie_slice_plan *plan,
                                                   vigie_slice_workspace *workspace, size_t first,
                                                   size_t count) {
    for (size_t t = 0; t < count; t++) {
        const vigie_slice_tree *tree = &plan->trees[first + t];
        fetch_next_rows(workspace);
        find_numbers_of_tree((const char *)workspace->arena, plan->subtrees + tree->start,
                             plan->tables + 64 * (size_t)tree->start, tree->count,
                             workspace->numbers[t]);
    }
}

/// Where the number of a row is, which is bit row / 64 of byte row % 64 of a condition: unpacking
/// sends the byte to a vector and to a qword in it, and the bit becomes the byte of the qword.
SLICE_INLINE size_t number_place(size_t row) {
    size_t bit = row / 64, byte = row % 64;
    return 64 * (byte / 2 % 8) + 16 * (byte / 16) + 8 * (byte % 2) + bit;
}

#include "vigie_slice_avx512_bins.inc"
#include "vigie_slice_avx512_sums.inc"
#include "vigie_slice_conditions.inc"
#include "vigie_slice.inc"

void vigie_slice_block_avx512_vbmi(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                                   vigie_rows rows, double *output) {
    score_block(plan, workspace, rows, output);
}

#pragma clang attribute pop

#endif
