// SPDX-License-Identifier: Apache-2.0

// The walk over trees, node by node.

#include "vigie_walk.h"

#include "vigie_slice.h"

#include <math.h>

// A term of a linear leaf is rounded before it is added.
#pragma STDC FP_CONTRACT OFF

enum { lanes = 8 };

// Binned trees.

/// The byte of one bin. Searches leave a bit above the planes in theirs.
static inline uint8_t byte_of(const vigie_slice_feature *feature, uint32_t kind, uint8_t bin) {
    uint8_t nan_bin = (uint8_t)((1 << feature->plane_count) - 1);
    bool misses_left = kind == vigie_slice_nan_left || kind == vigie_slice_zero_left;
    bin &= nan_bin;
    bool is_missing = bin == nan_bin;
    if (kind == vigie_slice_zero_left || kind == vigie_slice_zero_right) {
        is_missing |= bin > feature->zero_low - feature->first_condition &&
                      bin <= feature->zero_high - feature->first_condition;
    }
    return is_missing ? (misses_left ? 0 : 255) : (uint8_t)(bin + 1);
}

void vigie_walk_fill_bytes(const vigie_slice_plan *plan, const vigie_slice_feature *feature,
                           const uint8_t *bins, uint8_t *bytes) {
    for (uint32_t b = feature->byte_start; b < feature->byte_start + feature->byte_count; b++) {
        uint32_t kind = plan->walk.bytes[b].kind;
        uint8_t *to = bytes + (size_t)b * vigie_slice_rows;
        for (size_t r = 0; r < vigie_slice_rows; r++) to[r] = byte_of(feature, kind, bins[r]);
    }
}

/// Steps a walk in each lane from node to node until all are at leaves. Lane i's byte b is
/// bytes[i][b * stride].
static inline __attribute__((always_inline)) void walk_lanes(const vigie_walk_node *const *trees,
                                                             const uint8_t *const *bytes,
                                                             size_t stride, uint32_t *node) {
    uint32_t moved;
    do {
        moved = 0;
        for (int i = 0; i < lanes; i++) {
            vigie_walk_node at = trees[i][node[i]];
            uint32_t rank = at.child_and_rank & 255;
            uint32_t next = (at.child_and_rank >> 8) + (bytes[i][at.byte * stride] > rank);
            moved |= next ^ node[i];
            node[i] = next;
        }
    } while (moved != 0);
}

void vigie_walk_binned_block(const vigie_walk_plan *plan, size_t tree, const uint8_t *bytes,
                             size_t row_count, double *values) {
    uint32_t root = plan->binned_roots[tree];
    const vigie_walk_node *trees[lanes];
    for (int i = 0; i < lanes; i++) trees[i] = plan->nodes + root;
    for (size_t r = 0; r < row_count; r += lanes) {
        const uint8_t *lane_bytes[lanes];
        uint32_t node[lanes] = {0};
        for (size_t i = 0; i < lanes; i++) lane_bytes[i] = bytes + r + i;
        walk_lanes(trees, lane_bytes, vigie_slice_rows, node);
        for (size_t i = 0; i < lanes; i++) values[r + i] = plan->node_values[root + node[i]];
    }
}

/// Adds the leaf values of a row in some binned trees, walked together, in the order of the trees.
static double add_binned(const vigie_walk_plan *plan, const uint32_t *roots, size_t count,
                         const uint8_t *bytes, double sum, bool sum_is_float32) {
    static const vigie_walk_node leaf = {0, 255};
    const vigie_walk_node *trees[lanes];
    const uint8_t *lane_bytes[lanes];
    uint32_t node[lanes] = {0};
    for (size_t i = 0; i < lanes; i++) {
        trees[i] = i < count ? plan->nodes + roots[i] : &leaf;
        lane_bytes[i] = bytes;
    }
    walk_lanes(trees, lane_bytes, 1, node);
    for (size_t i = 0; i < count; i++) {
        double value = plan->node_values[roots[i] + node[i]];
        sum = sum_is_float32 ? (double)((float)sum + (float)value) : sum + value;
    }
    return sum;
}

// General trees.

/// Whether a value goes left at a split: the same rules as the reference scorer.
static bool goes_left(const vigie_walk_plan *plan, const vigie_walk_split *split, double value) {
    bool misses_left = split->kind >> 1 & 1;
    bool is_nan = value != value;
    if (split->kind & 1) {
        bool is_index = split->kind >> 4 & 1;
        if (is_index && is_nan) return misses_left;
        if (is_index && !(value >= 0 && value < 16777216.0)) return false;
        if (!(value > -1 && value < 2147483648.0)) return false;
        uint32_t category = (uint32_t)(int32_t)value;
        if (category / 32 >= split->category_count) return false;
        uint32_t word = plan->category_words[split->category_start + category / 32];
        return word >> (category % 32) & 1;
    }
    uint32_t missing = split->kind >> 2;
    if (missing == 0 && is_nan) value = 0;
    if (missing == 1 && (is_nan || fabs(value) <= (double)1e-35f)) return misses_left;
    if (missing == 2 && is_nan) return misses_left;
    return value <= split->threshold;
}

/// A value of a row; rows of general trees are not bins.
static inline double value_of(vigie_rows rows, size_t row, uint32_t feature) {
    const void *column = vigie_column_of(rows, feature);
    size_t place = row * rows.row_stride;
    return rows.value == vigie_float32 ? ((const float *)column)[place]
                                       : ((const double *)column)[place];
}

/// Leaf value of a row in a general tree.
static double walk_general(const vigie_walk_plan *plan, size_t tree, vigie_rows rows, size_t row) {
    int32_t node = plan->general_roots[tree];
    while (node >= 0) {
        const vigie_walk_split *split = &plan->splits[node];
        bool is_left = goes_left(plan, split, value_of(rows, row, split->feature));
        node = is_left ? split->left : split->right;
    }
    const vigie_walk_leaf *leaf = &plan->leaves[~node];
    if (!leaf->is_linear) return leaf->value;
    double sum = leaf->constant;
    const vigie_walk_term *terms = plan->terms + leaf->term_start;
    for (uint32_t i = 0; i < leaf->term_count; i++) {
        double value = value_of(rows, row, terms[i].feature);
        if (value != value) return leaf->value;
        sum += terms[i].coefficient * value;
    }
    return sum;
}

void vigie_walk_general_block(const vigie_walk_plan *plan, size_t tree, vigie_rows rows,
                              double *values) {
    for (size_t r = 0; r < rows.count; r++) values[r] = walk_general(plan, tree, rows, r);
}

// One row.

/// The bin of a row's value in a column.
static inline uint8_t bin_of(const vigie_slice_plan *plan, size_t column, vigie_rows rows,
                             size_t row) {
    const vigie_slice_feature *feature = &plan->features[column];
    size_t place = row * rows.row_stride;
    uint32_t at = 1;
    if (rows.value == vigie_bins) {
        uint8_t bin = ((const uint8_t *)vigie_column_of(rows, column))[place];
        uint8_t nan_bin = (uint8_t)((1 << feature->plane_count) - 1);
        return bin < nan_bin ? bin : nan_bin;
    }
    const void *values = vigie_column_of(rows, feature->feature);
    if (rows.value == vigie_float32) {
        float value = ((const float *)values)[place];
        const float *pivots = plan->pivots32 + 256 * column;
        for (uint32_t p = 0; p < feature->plane_count; p++) at = 2 * at + !(value <= pivots[at]);
    } else {
        double value = ((const double *)values)[place];
        const double *pivots = plan->pivots64 + 256 * column;
        for (uint32_t p = 0; p < feature->plane_count; p++) at = 2 * at + !(value <= pivots[at]);
    }
    return (uint8_t)at;
}

/// The sum of a run over one row.
static double add_run(const vigie_slice_plan *plan, const vigie_run *run, vigie_rows rows,
                      size_t row, const uint8_t *bytes, double sum) {
    if (run->kind == vigie_run_general) {
        for (size_t t = 0; t < run->tree_count; t++) {
            double value = walk_general(&plan->walk, run->first_tree + t, rows, row);
            sum = plan->sums_are_float32 ? (double)((float)sum + (float)value) : sum + value;
        }
        return sum;
    }
    const uint32_t *roots = plan->walk.binned_roots + run->first_tree;
    for (size_t t = 0; t < run->tree_count; t += lanes) {
        size_t count = run->tree_count - t < lanes ? run->tree_count - t : lanes;
        sum = add_binned(&plan->walk, roots + t, count, bytes, sum, plan->sums_are_float32);
    }
    return sum;
}

bool vigie_walk_score(const vigie_slice_plan *plan, vigie_rows rows, double *output) {
    size_t vectors = (plan->walk.byte_count + sizeof(vigie_slice) - 1) / sizeof(vigie_slice);
    vigie_slice_workspace *workspace = vigie_slice_thread_workspace(2 + vectors);
    if (workspace == NULL) return false;
    uint8_t *bytes = (uint8_t *)&workspace->arena[2];
    bytes[0] = 0;
    for (size_t r = 0; r < rows.count; r++) {
        for (size_t c = 0; c < plan->feature_count; c++) {
            const vigie_slice_feature *feature = &plan->features[c];
            uint8_t bin = bin_of(plan, c, rows, r);
            for (uint32_t i = 0; i < feature->byte_count; i++) {
                uint32_t byte = feature->byte_start + i;
                bytes[byte] = byte_of(feature, plan->walk.bytes[byte].kind, bin);
            }
        }
        for (size_t o = 0; o < plan->output_count; o++) {
            const vigie_output *from = &plan->walk.outputs[o];
            double sum = from->start;
            for (uint32_t i = 0; i < from->run_count; i++) {
                const vigie_run *run = &plan->walk.runs[from->run_start + i];
                sum = add_run(plan, run, rows, r, bytes, sum);
            }
            output[r * plan->output_count + o] = sum;
        }
    }
    return true;
}
