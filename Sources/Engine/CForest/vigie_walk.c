// SPDX-License-Identifier: Apache-2.0

// The walk over trees, node by node.

#include "vigie_walk.h"

#include "vigie_slice.h"

#include <math.h>
#include <string.h>

// A term of a linear leaf is rounded before it is added.
#pragma STDC FP_CONTRACT OFF

enum { lanes = 8 };

/// How many of sixteen values are exceeded; all by NaN.
static inline uint32_t count32(const float *ranks, float value) {
    uint32_t count = 0;
    for (int i = 0; i < 16; i++) count += !(value <= ranks[i]);
    return count;
}
static inline uint32_t count64(const double *ranks, double value) {
    uint32_t count = 0;
    for (int i = 0; i < 16; i++) count += !(value <= ranks[i]);
    return count;
}

#include "vigie_row_bytes.inc"

// Binned trees.

/// Steps a walk in each lane from node to node until all are at leaves. Lane i's byte b is
/// bytes[b * stride + i * lane_stride].
static inline __attribute__((always_inline)) void walk_lanes(const vigie_walk_node *nodes,
                                                             const uint8_t *bytes, size_t stride,
                                                             size_t lane_stride, uint32_t *node) {
    uint32_t moved;
    do {
        moved = 0;
        for (size_t i = 0; i < lanes; i++) {
            vigie_walk_node at = nodes[node[i]];
            uint8_t byte = bytes[at.byte * stride + i * lane_stride];
            uint32_t way = (at.way_and_rank >> 8) + (byte > (at.way_and_rank & 255));
            moved |= way;
            node[i] += way;
        }
    } while (moved != 0);
}

void vigie_walk_binned_block(const vigie_walk_plan *plan, size_t tree, const uint8_t *bytes,
                             size_t stride, size_t row_count, double *values) {
    for (size_t r = 0; r < row_count; r += lanes) {
        uint32_t node[lanes];
        for (size_t i = 0; i < lanes; i++) node[i] = plan->binned_roots[tree];
        walk_lanes(plan->nodes, bytes + r, stride, 1, node);
        for (size_t i = 0; i < lanes; i++) values[r + i] = plan->node_values[node[i]];
    }
}

/// Adds the leaf values of a row in some binned trees, walked together, in the order of the trees.
static double add_binned(const vigie_walk_plan *plan, const uint32_t *roots, size_t count,
                         const uint8_t *bytes, double sum, bool sum_is_float32) {
    uint32_t node[lanes];
    for (size_t i = 0; i < lanes; i++) node[i] = roots[i < count ? i : 0];
    walk_lanes(plan->nodes, bytes, 1, 0, node);
    for (size_t i = 0; i < count; i++) {
        double value = plan->node_values[node[i]];
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

/// What splits test of a row.
typedef struct {
    /// The bytes that walked trees test, and groups of sixteen.
    uint8_t *bytes;
    /// The bins that groups of eight test.
    uint8_t *bins;
    /// The bits of sets that groups test; null if they test none.
    uint8_t *set_bits;
} row_tests;

/// Eight bits, from the lowest on, as bytes: 0 where one is set, 255 elsewhere.
static inline uint64_t bytes_of_bits(uint8_t bits) {
    const uint64_t ones = 0x0101010101010101;
    uint64_t spread = bits * ones & 0x8040201008040201;
    uint64_t is_clear = ((spread + 0x7F7F7F7F7F7F7F7F) >> 7 & ones) ^ ones;
    return is_clear * 255;
}

/// The class of categories that a row has.
static uint16_t find_class(const vigie_slice_plan *plan, const vigie_set_feature *set,
                           vigie_rows rows, size_t row) {
    uint16_t class = 0;
    for (size_t c = 0; c < set->column_count; c++) {
        size_t column = set->first_column + c;
        uint32_t bin = bin_of(plan, column, rows, rows.value, row);
        class += class_of(set, c == 0, &plan->features[column], (uint8_t)bin);
    }
    return class;
}

/// The bytes of sets of categories.
static void find_sets(const vigie_slice_plan *plan, vigie_rows rows, size_t row, uint8_t *bytes) {
    for (size_t f = 0; f < plan->walk.set_feature_count; f++) {
        const vigie_set_feature *set = &plan->walk.set_features[f];
        const uint8_t *line = line_of(&plan->walk, set, find_class(plan, set, rows, row));
        for (size_t i = 0; i < set->set_bytes; i++) {
            uint64_t eight = bytes_of_bits(line[i]);
            memcpy(bytes + set->first_set + 8 * i, &eight, sizeof eight);
        }
    }
}

/// The bits of sets that groups test: of each feature the line of the row's class. Expected cost
/// for 500 trees of 31 leaves and three features: three lines of 2 KiB from far away, 100 cache
/// lines that follow each other, 0.3 us.
static void find_set_bits(const vigie_slice_plan *plan, vigie_rows rows, size_t row,
                          uint8_t *bits) {
    const vigie_walk_plan *walk = &plan->walk;
    size_t byte_count = walk->row_set_bytes;
    memset(bits, 0, byte_count);
    for (size_t f = 0; f < walk->set_feature_count; f++) {
        const vigie_set_feature *set = &walk->set_features[f];
        size_t number = set->first_line + line_number(set, find_class(plan, set, rows, row));
        const uint8_t *line = walk->row_sets + number * byte_count;
        for (size_t i = 0; i < byte_count; i++) bits[i] |= line[i];
    }
}

/// Finds what is tested of a row.
static void find_tests(const vigie_slice_plan *plan, vigie_rows rows, size_t row,
                       row_tests tests) {
    uint32_t group_trees = plan->walk.group_trees;
    if (group_trees == vigie_row_eight) vigie_row_find_bins(plan, rows, row, tests.bins);
    if (group_trees == vigie_row_sixteen) {
        vigie_row_find_bytes(plan, rows, row, tests.bytes);
    } else if (plan->walk.has_binned_runs) {
        find_row_bytes(plan, rows, row, tests.bytes);
    }
    if (plan->walk.has_binned_sets) {
        find_sets(plan, rows, row, tests.bytes + plan->walk.byte_count);
    }
    if (tests.set_bits != NULL) find_set_bits(plan, rows, row, tests.set_bits);
}

/// The sum of a run over one row.
static double add_run(const vigie_slice_plan *plan, const vigie_run *run, vigie_rows rows,
                      size_t row, row_tests tests, double sum) {
    if (run->kind == vigie_run_general) {
        for (size_t t = 0; t < run->tree_count; t++) {
            double value = walk_general(&plan->walk, run->first_tree + t, rows, row);
            sum = plan->sums_are_float32 ? (double)((float)sum + (float)value) : sum + value;
        }
        return sum;
    }
    if (run->kind == vigie_run_grouped && plan->walk.group_trees == vigie_row_sixteen) {
        return vigie_row_add_groups(&plan->walk, run, tests.bytes, tests.set_bits, sum,
                                    plan->sums_are_float32);
    }
    if (run->kind == vigie_run_grouped) {
        return vigie_row_add_eights(plan, run, tests.bins, tests.set_bits, sum);
    }
    const uint32_t *roots = plan->walk.binned_roots + run->first_tree;
    for (size_t t = 0; t < run->tree_count; t += lanes) {
        size_t count = run->tree_count - t < lanes ? run->tree_count - t : lanes;
        sum = add_binned(&plan->walk, roots + t, count, tests.bytes, sum, plan->sums_are_float32);
    }
    return sum;
}

bool vigie_walk_score(const vigie_slice_plan *plan, vigie_rows rows, double *output) {
    // Groups read as many bytes or bins as they can test.
    size_t byte_count = plan->walk.byte_count + plan->walk.set_count + vigie_row_bytes_max;
    size_t bin_count = plan->walk.group_trees == vigie_row_eight ? vigie_row_bins_max : 0;
    size_t all = byte_count + bin_count + plan->walk.row_set_bytes;
    vigie_slice_workspace *workspace =
        vigie_slice_thread_workspace(2 + (all + sizeof(vigie_slice) - 1) / sizeof(vigie_slice));
    if (workspace == NULL) return false;
    uint8_t *bytes = (uint8_t *)&workspace->arena[2];
    bool has_set_bits = plan->walk.row_set_bytes > 0;
    uint8_t *set_bits = has_set_bits ? bytes + byte_count + bin_count : NULL;
    row_tests tests = {bytes, bytes + byte_count, set_bits};
    bytes[0] = 0;
    for (size_t r = 0; r < rows.count; r++) {
        find_tests(plan, rows, r, tests);
        for (size_t o = 0; o < plan->output_count; o++) {
            const vigie_output *from = &plan->walk.outputs[o];
            double sum = from->start;
            for (uint32_t i = 0; i < from->run_count; i++) {
                const vigie_run *run = &plan->walk.runs[from->run_start + i];
                sum = add_run(plan, run, rows, r, tests, sum);
            }
            output[r * plan->output_count + o] = sum;
        }
    }
    return true;
}
