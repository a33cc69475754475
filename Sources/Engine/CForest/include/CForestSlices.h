// SPDX-License-Identifier: Apache-2.0

// The bit-sliced form of an ensemble: 512 rows go through the trees together, one bit of each in a
// register of 512 bits, so that one instruction decides one split of one tree for all of them.
//
// 1. Each value becomes a bin: how many of its feature's thresholds it exceeds. That is exact, as a
//    split asks no more than whether the value exceeds one of them. NaN has a bin of its own.
// 2. Bins are turned into bit planes, and these into conditions: for each threshold one vector with
//    a bit for each row, set where the row goes left. Sets of categories
//    are told by tables: the bounds of a feature's sets part its values into classes, and for each
//    class a line of bits says which sets it is in.
// 3. From its conditions follows the number of each row's leaf in a tree, by one of three programs:
//    - Steps: each bit of the number is a small program of "condition ? a : b" over whole vectors,
//      whose planes are then turned into a byte for each row. Which number a leaf has is chosen,
//      when the model loads, for short programs.
//    - Splits, for trees that are not balanced: each parts the rows that come to it into those that
//      go left and those that go right, and the rows of all leaves make the planes.
//    - Subtrees, where a register can be a table of 64 bytes: a tree is cut into pieces of at most
//      six splits, whose conditions become one index for each row; the piece's table has the leaf,
//      or the piece to go on with.
// 4. The leaf's value is looked up and added in float64, in tree order: the sums are the reference
//    scorer's to the bit.
//
// Everything lies in one arena of vectors: all zeros, all ones, conditions, sets, results of steps.
//
// A block costs nearly as much for 50 rows as for 512, or with AVX2, where a vector may be one
// register instead of two, as for 256. Fewer go as tiles of up to 128 rows: bins become bytes, each
// split compares those of 64 rows at once, and the subtrees' tables do the rest.

#ifndef VIGIE_CFOREST_SLICES_H
#define VIGIE_CFOREST_SLICES_H

#include "CForestRows.h"
#include "CForestWalk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    /// Rows that are scored together.
    vigie_slice_rows = 512,
    /// Rows that are scored together where there are few.
    vigie_tile_rows = 128,
    /// Bytes of a vector with one bit for each of those rows.
    vigie_slice_vector_bytes = 64,
    /// Most thresholds of a column: bins are bytes, and NaN has one of its own.
    vigie_slice_thresholds_max = 254,
    /// The bin of NaN where bins are given or taken.
    vigie_slice_nan_bin = 255,
    /// Most leaves of a tree, and the bits of their numbers.
    vigie_slice_leaves_max = 64,
    vigie_slice_leaf_bits_max = 6,
    /// Most splits of a subtree: with six, its table fills a register.
    vigie_slice_subtree_splits_max = 6,
    /// Numbers from here on are those of subtrees, not of leaves.
    vigie_slice_subtree_number = 128,
    /// Subtrees that are fetched ahead, and have to be there after the last.
    vigie_slice_subtrees_ahead = 4,
    /// The same of splits.
    vigie_slice_splits_ahead = 24,
    /// Trees whose leaves are added together.
    vigie_slice_tree_group = 8,
    /// Vectors before the first condition: zeros, ones, and one that is left alone, as the ones of
    /// half a vector and what follows them lie within the ones.
    vigie_slice_constants = 3,
    /// Thresholds of the same float32 up to which float64 rows are searched by that.
    vigie_slice_same_max = 4,
    /// Vectors that are overwritten after the last condition.
    vigie_slice_vectors_after = 3,
};

/// Three places in the arena, in vectors, of 16 bits each, from these bits on: so a shift and a
/// mask give bytes. A load of its own for each place would take as long as that of a vector.
typedef uint64_t vigie_slice_places;

enum {
    vigie_slice_place0_bit = 6,
    vigie_slice_place1_bit = 22,
    vigie_slice_place2_bit = 38,
};

/// A condition that differs from a plain one in missing values: from the first place, of the plain
/// condition or of the zeros, to the second. They are the same if no split uses the plain one.
typedef vigie_slice_places vigie_slice_patch;

/// How such a condition treats missing values; the plain ones are false for NaN.
enum {
    /// True for NaN.
    vigie_slice_nan_left = 1,
    /// True for NaN and zero.
    vigie_slice_zero_left = 2,
    /// False for zero, too.
    vigie_slice_zero_right = 3,
};

/// A column of bins: a feature that some split tests and up to 254 of its thresholds. A feature may
/// have several.
typedef struct {
    uint32_t feature;
    /// Bit planes of its bins: 2 to 8, so that all ones, the bin of NaN, is above the others.
    uint32_t plane_count;
    /// Plain conditions to make of it: one for each threshold, or none if only walked trees use it.
    uint32_t threshold_count;
    /// Place of its first plain condition in the arena, in vectors; the others follow.
    uint32_t first_condition;
    /// Places of the conditions that hold below zero, and up to zero, for those that ask for zero.
    uint32_t zero_low, zero_high;
    /// Its patched conditions: those of kind vigie_slice_nan_left, then those of the other kinds.
    uint32_t patch_start, nan_left_count, zero_left_count, zero_right_count;
    /// The bytes that walked trees test of it.
    uint32_t byte_start, byte_count;
    /// Most of its thresholds that are one number as the nearest float32.
    uint32_t same_count;
    /// Of a column of classes: which of the features with sets it is for, from 1, and how many
    /// thresholds it has; 0 of others.
    uint32_t set_feature, bound_count;
} vigie_slice_feature;

/// One step of a leaf number's program: the first place, a condition, chooses between the second
/// (if left) and the third. The result goes to the next vector after the conditions, counted anew
/// from each tree that has steps.
typedef vigie_slice_places vigie_slice_step;

/// A split of some trees: from the places of its condition and of the rows that come to it to those
/// that go left and those that go right. These are the next two vectors after the conditions,
/// counted anew from each tree that has splits. Of the last splits, which have leaves only, just
/// the rows that go right are made.
typedef struct {
    uint16_t condition, rows;
} vigie_slice_split;

/// At most six splits of a tree that hang together. A row's index into the subtree's table has bit
/// i set where condition i holds; the entry is the number of a leaf or of a subtree further down.
typedef struct {
    /// Conditions 0 to 2 and 3 to 5; zeros where there are fewer.
    vigie_slice_places conditions[2];
    /// This subtree's number, but for the first of a tree, which all rows go through.
    uint64_t number;
} vigie_slice_subtree;

/// The same splits for tiles, decided by the bytes that walked trees test: the row goes left where
/// the byte is at most the rank. Those of the trees whose leaves are added together follow each
/// other, first the first of each tree, then the second, and so on: neighbours of one tree would
/// wait for each other.
typedef struct {
    /// Where the byte of each split is, in bytes of 128 rows.
    uint32_t places[vigie_slice_subtree_splits_max];
    uint8_t ranks[vigie_slice_subtree_splits_max];
    /// This subtree's number, and that of its tree among those whose leaves are added together.
    uint8_t number, tree;
    /// Which of the tables is its.
    uint32_t table;
} vigie_tile_subtree;

typedef struct {
    /// Steps or splits to run before this tree, which may be those of some trees after it, too; or
    /// subtrees, from the root down.
    uint32_t start, count;
    /// Steps: where each bit of the leaf number is, in vectors from the start of the arena.
    uint32_t bits[vigie_slice_leaf_bits_max];
    /// Splits: how many more there are with leaves only; how many places of leaves the tree has, 8,
    /// 16, 32 or 64, and where they begin. No places: the tree goes by steps.
    uint32_t last_count, place_count, place_start;
} vigie_slice_tree;

typedef struct {
    const vigie_slice_feature *features;
    size_t feature_count;
    /// Of each column, 2^plane_count to a tree that the search goes down, 256 values apart. Those
    /// for float32 rows are rounded down, which may make some equal: bins are right all the same.
    const float *pivots32;
    const double *pivots64;
    /// On paths that search float64 rows by the nearest float32 first: of each column such pivots
    /// of the thresholds' nearest float32, 256 values, then these in ascending order with
    /// infinities in place of missing ones, 256 again.
    const float *nearest32;
    const vigie_slice_patch *patches;
    /// The place in the arena of the first set of categories, which the others follow.
    size_t first_set;
    const vigie_slice_tree *trees;
    size_t tree_count;
    /// The program: steps and splits, or subtrees.
    const vigie_slice_step *steps;
    const vigie_slice_split *splits;
    const vigie_slice_subtree *subtrees;
    /// Where the rows at each leaf are, in vectors, by number. Those of an even number may be the
    /// rows at the next leaf, too; there are no rows at numbers without a leaf.
    const uint16_t *leaf_places;
    /// The subtrees once more, for tiles, on paths that have them; and where those of each tree
    /// begin, if it is the first of a group, with one more.
    const vigie_tile_subtree *tile_subtrees;
    const uint32_t *tile_starts;
    /// The 64 bytes of each subtree's table.
    const uint8_t *tables;
    /// Values of each tree's leaves, `leaf_count` (32 or 64, with AVX2 also 8 or 16) to a tree, of
    /// sums in float64 or in float32.
    const double *leaves;
    const float *leaves32;
    /// The same in parts, for look-ups in registers. With AVX-512: of 32 values first the low
    /// dwords, then the high ones; of 64 the words from the lowest to the highest. With AVX2: of 8
    /// values the low and the high dwords; of more the bytes from the lowest to the highest.
    const uint8_t *leaf_parts;
    size_t leaf_count;
    bool sums_are_float32;
    /// How a block is scored; its runs of sliced trees are those of this plan.
    const vigie_output *outputs;
    size_t output_count;
    const vigie_run *runs;
    /// Whether some run of a block is of binned trees, which then need their bytes, and whether
    /// those of sets are among these.
    bool has_binned_runs, has_binned_sets;
    vigie_walk_plan walk;
    /// Vectors of the arena, and how many of them come before the steps' results.
    size_t vector_count, result_start;
    /// Values in a row.
    size_t row_width;
} vigie_slice_plan;

/// The ways to run a plan, worst first.
enum {
    vigie_slice_portable = 0,
    /// From here on with tiles.
    vigie_slice_avx2 = 1,
    vigie_slice_avx512 = 2,
    /// With subtrees instead of steps.
    vigie_slice_avx512_vbmi = 3,
};

/// Whether this processor can run the path.
bool vigie_slice_runs(int path);

/// Raw scores of the rows into `output`, `output_count` for each row, by blocks on a path that must
/// run here. Bins are one for each column of the plan; any byte is safe: those from 2^plane_count -
/// 1 on are NaN, the others that exceed the threshold count are numbers above all thresholds.
/// False, with nothing scored, if there is no memory for the thread's workspace.
bool vigie_slice_score(const vigie_slice_plan *plan, int path, vigie_rows rows, double *output);

/// The same by tiles, if the plan has their subtrees.
bool vigie_tile_score(const vigie_slice_plan *plan, int path, vigie_rows rows, double *output);

/// The same, row by row.
bool vigie_walk_score(const vigie_slice_plan *plan, vigie_rows rows, double *output);

/// Turns rows of float32 into rows of bins, one after another. Needs no more of the plan than its
/// columns. False, with nothing done, if there is no memory for the thread's workspace.
bool vigie_slice_find_bins(const vigie_slice_plan *plan, int path, vigie_rows rows,
                           uint8_t *output);

#endif
