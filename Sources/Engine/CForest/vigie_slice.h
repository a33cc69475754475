// SPDX-License-Identifier: Apache-2.0

// What the paths of the bit-sliced kernel share: their workspace and their entry points.

#ifndef VIGIE_SLICE_H
#define VIGIE_SLICE_H

#include "CForestSlices.h"

/// 512 bits, one for each row of a block.
typedef uint64_t vigie_slice __attribute__((vector_size(64), aligned(64)));

#define SLICE_INLINE static inline __attribute__((always_inline))

enum {
    /// Features gathered from the rows together: a cache line of float32, two of float64.
    vigie_slice_group = 16,
    /// Rows of which columns are gathered, and values between columns: not a power of two, so that
    /// they spread over cache sets.
    vigie_slice_tile_rows = 128,
    vigie_slice_column_stride = vigie_slice_tile_rows + 16,
    /// Columns of bins gathered from the rows together, and bytes between them.
    vigie_slice_bin_group = 64,
    vigie_slice_bin_stride = vigie_slice_rows + 64,
};

/// Scratch of one thread; the arena follows it in memory, and that classes of categories, and bytes
/// for walked trees.
typedef struct {
    union {
        float columns32[vigie_slice_group * vigie_slice_column_stride];
        double columns64[vigie_slice_group * vigie_slice_column_stride];
    } __attribute__((aligned(64)));
    /// Columns of bins.
    uint8_t bins[vigie_slice_bin_group * vigie_slice_bin_stride] __attribute__((aligned(64)));
    /// Comparisons of the low bits of the bins with every number of so many bits, and a few more.
    vigie_slice partial[2][64 + 4];
    /// The end of the rows of a block that are scored, in whole groups of 64.
    size_t row_end;
    /// What is still to be asked for of the next block's rows, and how much with each tree.
    uintptr_t next_rows, next_rows_end;
    size_t next_rows_step;
    /// Each row's leaf number in the trees of a group, in the path's own order of rows. What
    /// follows them may be read with them, and is of no matter.
    uint8_t numbers[vigie_slice_tree_group][vigie_slice_rows] __attribute__((aligned(64)));
    /// Sums of the block's rows, in the path's own order.
    union {
        double sums[vigie_slice_rows];
        float sums32[vigie_slice_rows];
    } __attribute__((aligned(64)));
    /// Leaf values of a walked tree.
    double values[vigie_slice_rows] __attribute__((aligned(64)));
    vigie_slice arena[];
} vigie_slice_workspace;

/// The calling thread's workspace with an arena of at least `vector_count` vectors, whose first two
/// are all zeros and all ones; null if there is no memory. Freed when the thread ends.
vigie_slice_workspace *vigie_slice_thread_workspace(size_t vector_count);

/// Asks for some of the next block's rows.
SLICE_INLINE void fetch_next_rows(vigie_slice_workspace *workspace) {
    uintptr_t end = workspace->next_rows + workspace->next_rows_step;
    if (end > workspace->next_rows_end) end = workspace->next_rows_end;
    uintptr_t next = workspace->next_rows;
    for (; next < end; next += 64) __builtin_prefetch((const void *)next, 0, 2);
    workspace->next_rows = next;
}

/// The block of at most `count` rows from the row `first` of `rows` on.
vigie_rows vigie_block_of(vigie_rows rows, size_t first, size_t count);

/// Where the values of a column begin; the next are `row_stride` values further.
static inline const void *vigie_column_of(vigie_rows rows, size_t column) {
    size_t size = rows.value == vigie_float64   ? sizeof(double)
                  : rows.value == vigie_float32 ? sizeof(float)
                                                : sizeof(uint8_t);
    size_t place = rows.first * rows.row_stride;
    if (rows.columns != NULL) return (const char *)rows.columns[column] + place * size;
    return (const char *)rows.start + (place + column * rows.column_stride) * size;
}

/// Whether a bin, which is not that of NaN, is that of zero in a column that has its bounds.
SLICE_INLINE bool is_zero_bin(const vigie_slice_feature *feature, uint8_t bin) {
    return bin > feature->zero_low - feature->first_condition &&
           bin <= feature->zero_high - feature->first_condition;
}

/// The byte that walked trees test of one bin. Searches leave a bit above the planes in theirs.
SLICE_INLINE uint8_t byte_of(const vigie_slice_feature *feature, uint32_t kind, uint8_t bin) {
    uint8_t nan_bin = (uint8_t)((1 << feature->plane_count) - 1);
    bool misses_left = kind == vigie_slice_nan_left || kind == vigie_slice_zero_left;
    bin &= nan_bin;
    bool is_missing = bin == nan_bin;
    if (kind == vigie_slice_zero_left || kind == vigie_slice_zero_right) {
        is_missing |= is_zero_bin(feature, bin);
    }
    return is_missing ? (misses_left ? 0 : 255) : (uint8_t)(bin + 1);
}

/// 64 bytes of different rows.
typedef uint8_t vigie_bytes64 __attribute__((vector_size(64), aligned(64)));

/// byte_of for many rows: fills in all bytes of a column from the bins of rows up to `row_end`, in
/// whole groups of 64; each byte's rows are `stride` after those of the one before, and begin with
/// a cache line.
SLICE_INLINE void fill_bytes(const vigie_slice_plan *plan, const vigie_slice_feature *feature,
                             const uint8_t *bins, size_t row_end, size_t stride, uint8_t *bytes) {
    uint8_t nan_bin = (uint8_t)((1 << feature->plane_count) - 1);
    uint8_t low = (uint8_t)(feature->zero_low - feature->first_condition);
    uint8_t high = (uint8_t)(feature->zero_high - feature->first_condition);
    for (uint32_t b = feature->byte_start; b < feature->byte_start + feature->byte_count; b++) {
        uint32_t kind = plan->walk.bytes[b].kind;
        uint8_t missing = kind == vigie_slice_nan_left || kind == vigie_slice_zero_left ? 0 : 255;
        uint8_t may_be_zero = kind >= vigie_slice_zero_left ? 255 : 0;
        for (size_t r = 0; r < row_end; r += sizeof(vigie_bytes64)) {
            vigie_bytes64 bin = *(const vigie_bytes64 *)(bins + r) & nan_bin;
            vigie_bytes64 is_zero = (vigie_bytes64)((bin > low) & (bin <= high)) & may_be_zero;
            vigie_bytes64 is_missing = (vigie_bytes64)(bin == nan_bin) | is_zero;
            *(vigie_bytes64 *)(bytes + b * stride + r) =
                ((bin + 1) & ~is_missing) | (is_missing & missing);
        }
    }
}

/// What a bin adds to a value's class of categories, which is added up in 16 bits: the bin of NaN
/// leads to the last line or beyond, those above all thresholds count as the highest.
SLICE_INLINE uint16_t class_of(const vigie_set_feature *set, bool is_first,
                               const vigie_slice_feature *column, uint8_t bin) {
    uint8_t nan_bin = (uint8_t)((1 << column->plane_count) - 1);
    uint16_t missing = is_first ? (uint16_t)set->last_line : 0;
    uint16_t most = (uint16_t)column->bound_count;
    bin &= nan_bin;
    return bin == nan_bin ? missing : bin < most ? bin : most;
}

/// The line of its table that a class has.
SLICE_INLINE const uint8_t *line_of(const vigie_walk_plan *plan, const vigie_set_feature *set,
                                    uint16_t class) {
    size_t line = class < set->last_line ? class : set->last_line;
    return plan->set_tables + set->table_start + line * set->line_bytes;
}

/// Scores a block of 1 to 512 rows.
typedef void vigie_slice_block(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                               vigie_rows rows, double *output);

vigie_slice_block vigie_slice_block_portable;
#if defined(__x86_64__)
vigie_slice_block vigie_slice_block_avx2;
/// The same of 1 to 256 rows.
vigie_slice_block vigie_slice_half_block_avx2;
vigie_slice_block vigie_slice_block_avx512;
vigie_slice_block vigie_slice_block_avx512_vbmi;
#endif

/// Scores a tile of 1 to 128 rows.
typedef vigie_slice_block vigie_tile;

#if defined(__x86_64__)
vigie_tile vigie_tile_avx2;
vigie_tile vigie_tile_avx512;
vigie_tile vigie_tile_avx512_vbmi;
#endif

/// Turns a block of 1 to 512 rows of float32 into rows of bins.
typedef void vigie_slice_bin_block(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                                   vigie_rows rows, uint8_t *output);

vigie_slice_bin_block vigie_slice_bin_block_portable;
#if defined(__x86_64__)
vigie_slice_bin_block vigie_slice_bin_block_avx2;
vigie_slice_bin_block vigie_slice_bin_block_avx512;
#endif

#endif
