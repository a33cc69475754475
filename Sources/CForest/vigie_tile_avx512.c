// SPDX-License-Identifier: Apache-2.0

// Tiles: up to 128 rows, too few to fill the bit-sliced kernel's vectors, in bytes instead of bits.
// Each split is a comparison of 64 rows' bytes with its rank, the same bytes and ranks that rows
// alone are decided by; the outcomes of a subtree's splits make its index, and its table is the one
// of blocks.
//
// Expected cost for a subtree and 64 rows: six comparisons with their loads, six additions, a
// look-up, 24 instructions, 14 of them loads: 8 cycles, 2 ns; 500 trees of 31 leaves are 3,000
// subtrees, so 6 us, with 2 us for bins and 2 us for sums 10 us, where a block takes 34 us at least
// and a row alone 1.2 us: from ten rows on tiles pay. Measured: 13.4 us for 64 rows, 9 of them in
// subtrees (3 ns each), 21.7 us for 128.

#include "vigie_slice.h"
#include "vigie_walk.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <math.h>
#include <string.h>

#pragma clang attribute push(                                                 \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi"))), \
    apply_to = function)

enum { block_rows = vigie_tile_rows };

/// The end of the rows that are scored.
SLICE_INLINE size_t row_end_of(size_t row_count) { return (row_count + 63) / 64 * 64; }

/// The bytes that all trees test, `block_rows` of each. Tiles have no conditions before them.
SLICE_INLINE uint8_t *bytes_of(const vigie_slice_plan *plan, vigie_slice_workspace *workspace) {
    (void)plan;
    return (uint8_t *)&workspace->arena[2];
}

/// Makes all that trees need of a column's bins: fill_bytes, 64 rows at a time.
SLICE_INLINE void use_bins(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                           size_t f, const uint8_t *bins) {
    const vigie_slice_feature *feature = &plan->features[f];
    uint8_t *bytes = bytes_of(plan, workspace);
    __m512i nan_bin = _mm512_set1_epi8((char)((1 << feature->plane_count) - 1));
    __m512i low = _mm512_set1_epi8((char)(feature->zero_low - feature->first_condition));
    __m512i high = _mm512_set1_epi8((char)(feature->zero_high - feature->first_condition));
    for (uint32_t b = feature->byte_start; b < feature->byte_start + feature->byte_count; b++) {
        uint32_t kind = plan->walk.bytes[b].kind;
        bool misses_left = kind == vigie_slice_nan_left || kind == vigie_slice_zero_left;
        __mmask64 may_be_zero = kind >= vigie_slice_zero_left ? ~(__mmask64)0 : 0;
        __m512i missing = _mm512_set1_epi8(misses_left ? 0 : -1);
        for (size_t r = 0; r < workspace->row_end; r += 64) {
            __m512i bin = _mm512_and_si512(_mm512_load_si512(bins + r), nan_bin);
            __mmask64 is_missing =
                _mm512_cmpeq_epi8_mask(bin, nan_bin) |
                (may_be_zero & _mm512_cmpgt_epu8_mask(bin, low) &
                 _mm512_cmple_epu8_mask(bin, high));
            __m512i next = _mm512_sub_epi8(bin, _mm512_set1_epi8(-1));
            _mm512_store_si512(bytes + b * block_rows + r,
                               _mm512_mask_mov_epi8(next, is_missing, missing));
        }
    }
}

/// Finds the index of each row in a subtree's table.
SLICE_INLINE void find_indices(const uint8_t *bytes, const vigie_tile_subtree *subtree,
                               const __m512i *bits, int group_count, __m512i *index) {
    for (int g = 0; g < group_count; g++) index[g] = _mm512_setzero_si512();
#pragma clang loop unroll(full)
    for (int i = 0; i < vigie_slice_subtree_splits_max; i++) {
        const uint8_t *column = bytes + subtree->places[i];
        __m512i rank = _mm512_set1_epi8((char)subtree->ranks[i]);
        __m512i bit = bits[i];
#pragma clang loop unroll(full)
        for (int g = 0; g < group_count; g++) {
            __mmask64 is_left =
                _mm512_cmple_epu8_mask(_mm512_load_si512(column + 64 * g), rank);
            index[g] = _mm512_mask_add_epi8(index[g], is_left, index[g], bit);
        }
    }
}

/// Finds the leaf numbers of `group_count` times 64 rows in `count` trees from `tree` on: all of
/// their subtrees in one loop, whose end comes as less of a surprise than one of each tree.
SLICE_INLINE void find_numbers_of_groups(const vigie_slice_plan *plan, const uint8_t *bytes,
                                         const vigie_slice_tree *tree, size_t count,
                                         int group_count, uint8_t (*numbers)[vigie_slice_rows]) {
    __m512i bits[vigie_slice_subtree_splits_max], index[2];
    for (int i = 0; i < vigie_slice_subtree_splits_max; i++) {
        bits[i] = _mm512_set1_epi8((char)(1 << i));
        // A compiler that knows what is added makes two instructions of the masked addition.
        __asm__("" : "+v"(bits[i]));
    }
    // Before its first subtree, all rows are at that.
    __m512i root = _mm512_set1_epi8((char)vigie_slice_subtree_number);
    for (size_t t = 0; t < count; t++) {
        for (int g = 0; g < group_count; g++) _mm512_store_si512(numbers[t] + 64 * g, root);
    }
    size_t start = tree->start, end = tree[count - 1].start + tree[count - 1].count;
    for (size_t s = start; s < end; s++) {
        const vigie_tile_subtree *subtree = plan->tile_subtrees + s;
        find_indices(bytes, subtree, bits, group_count, index);
        __m512i entries = _mm512_load_si512(plan->tables + 64 * (size_t)subtree->table);
        __m512i own = _mm512_set1_epi8((char)subtree->number);
        uint8_t *number = numbers[subtree->tree];
        for (int g = 0; g < group_count; g++) {
            __m512i old = _mm512_load_si512(number + 64 * g);
            __mmask64 is_here = _mm512_cmpeq_epi8_mask(old, own);
            _mm512_store_si512(number + 64 * g,
                               _mm512_mask_permutexvar_epi8(old, is_here, index[g], entries));
        }
    }
}

/// Finds the leaf numbers of `count` trees from `first` on; they are in the order of the rows.
static __attribute__((noinline)) void find_numbers(const vigie_slice_plan *plan,
                                                   vigie_slice_workspace *workspace, size_t first,
                                                   size_t count) {
    const uint8_t *bytes = bytes_of(plan, workspace);
    const vigie_slice_tree *tree = plan->trees + first;
    if (workspace->row_end == 64) {
        find_numbers_of_groups(plan, bytes, tree, count, 1, workspace->numbers);
    } else {
        find_numbers_of_groups(plan, bytes, tree, count, 2, workspace->numbers);
    }
}

/// Where the number of a row is.
SLICE_INLINE size_t number_place(size_t row) { return row; }

#include "vigie_slice_avx512_bins.inc"
#include "vigie_slice_avx512_sums.inc"
#include "vigie_slice.inc"

void vigie_tile_avx512(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                       vigie_rows rows, double *output) {
    score_block(plan, workspace, rows, output);
}

#pragma clang attribute pop

#endif
