// SPDX-License-Identifier: Apache-2.0

// The door to the bit-sliced kernel: which path runs here, and the workspace of each thread.

#include "vigie_slice.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

bool vigie_slice_runs(int path) {
#if defined(__x86_64__)
    if (path == vigie_slice_avx512_vbmi) {
        return vigie_slice_runs(vigie_slice_avx512) && __builtin_cpu_supports("avx512vbmi") &&
               __builtin_cpu_supports("gfni");
    }
    if (path == vigie_slice_avx512) {
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    }
    if (path == vigie_slice_avx2) return __builtin_cpu_supports("avx2");
#endif
    return path == vigie_slice_portable;
}

static vigie_slice_block *block_of(int path) {
#if defined(__x86_64__)
    if (path == vigie_slice_avx512_vbmi) return vigie_slice_block_avx512_vbmi;
    if (path == vigie_slice_avx512) return vigie_slice_block_avx512;
    if (path == vigie_slice_avx2) return vigie_slice_block_avx2;
#endif
    return vigie_slice_block_portable;
}

static vigie_slice_bin_block *bin_block_of(int path) {
#if defined(__x86_64__)
    if (path >= vigie_slice_avx512) return vigie_slice_bin_block_avx512;
    if (path == vigie_slice_avx2) return vigie_slice_bin_block_avx2;
#endif
    return vigie_slice_bin_block_portable;
}

vigie_rows vigie_block_of(vigie_rows rows, size_t first, size_t count) {
    rows.first += first;
    rows.count = rows.count - first < count ? rows.count - first : count;
    return rows;
}

/// Has the rows from `first` on, those of the next block, asked for while trees are at work: a
/// search waits for each line that is not in the cache. Rows of bins are a quarter as many lines,
/// and come fast enough.
static void announce(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                     vigie_rows rows, size_t first, size_t block_rows) {
    workspace->next_rows = workspace->next_rows_end = workspace->next_rows_step = 0;
    if (first >= rows.count || rows.value == vigie_bins || rows.columns != NULL ||
        rows.column_stride != 1) {
        return;
    }
    vigie_rows block = vigie_block_of(rows, first, block_rows);
    workspace->next_rows = (uintptr_t)vigie_column_of(block, 0);
    block.first += block.count;
    workspace->next_rows_end = (uintptr_t)vigie_column_of(block, 0);
    size_t size = workspace->next_rows_end - workspace->next_rows;
    workspace->next_rows_step = size / (plan->tree_count + 1) + 1;
}

/// Scores rows by blocks of at most `block_rows`.
static void score_blocks(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                         vigie_slice_block *score_block, size_t block_rows, vigie_rows rows,
                         double *output) {
    for (size_t r = 0; r < rows.count; r += block_rows) {
        vigie_rows block = vigie_block_of(rows, r, block_rows);
        announce(plan, workspace, rows, r + block_rows, block_rows);
        score_block(plan, workspace, block, output + r * plan->output_count);
    }
}

bool vigie_slice_score(const vigie_slice_plan *plan, int path, vigie_rows rows, double *output) {
    size_t byte_columns = plan->has_binned_runs ? plan->walk.byte_count : 0;
    if (plan->has_binned_sets) byte_columns += plan->walk.set_count;
    size_t byte_vectors = byte_columns * (vigie_slice_rows / vigie_slice_vector_bytes);
    size_t class_bytes = plan->walk.set_feature_count * vigie_slice_rows * sizeof(uint16_t);
    vigie_slice_workspace *workspace = vigie_slice_thread_workspace(
        plan->vector_count + class_bytes / vigie_slice_vector_bytes + byte_vectors);
    if (workspace == NULL) return false;
    score_blocks(plan, workspace, block_of(path), vigie_slice_rows, rows, output);
    return true;
}

static vigie_tile *tile_of(int path) {
#if defined(__x86_64__)
    if (path == vigie_slice_avx512_vbmi) return vigie_tile_avx512_vbmi;
    if (path == vigie_slice_avx512) return vigie_tile_avx512;
    if (path == vigie_slice_avx2) return vigie_tile_avx2;
#endif
    return NULL;
}

bool vigie_tile_score(const vigie_slice_plan *plan, int path, vigie_rows rows, double *output) {
    size_t byte_vectors = plan->walk.byte_count * (vigie_tile_rows / vigie_slice_vector_bytes);
    vigie_slice_workspace *workspace = vigie_slice_thread_workspace(2 + byte_vectors);
    vigie_tile *score_tile = tile_of(path);
    if (workspace == NULL || score_tile == NULL) return false;
    score_blocks(plan, workspace, score_tile, vigie_tile_rows, rows, output);
    return true;
}

bool vigie_slice_find_bins(const vigie_slice_plan *plan, int path, vigie_rows rows,
                           uint8_t *output) {
    vigie_slice_workspace *workspace = vigie_slice_thread_workspace(2);
    if (workspace == NULL) return false;
    vigie_slice_bin_block *bin_block = bin_block_of(path);
    for (size_t r = 0; r < rows.count; r += vigie_slice_rows) {
        bin_block(plan, workspace, vigie_block_of(rows, r, vigie_slice_rows),
                  output + r * plan->feature_count);
    }
    return true;
}

// A workspace is taken at a thread's first block, grows to the largest plan the thread meets and
// goes with the thread: the thread-specific key exists for its destructor alone.
static _Thread_local vigie_slice_workspace *thread_workspace;
static _Thread_local size_t thread_vector_count;
static pthread_once_t key_once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static bool has_key;

static void make_key(void) { has_key = pthread_key_create(&key, free) == 0; }

vigie_slice_workspace *vigie_slice_thread_workspace(size_t vector_count) {
    if (thread_workspace != NULL && thread_vector_count >= vector_count) return thread_workspace;
    pthread_once(&key_once, make_key);
    if (!has_key || vector_count < 2) return NULL;
    size_t size = sizeof(vigie_slice_workspace) + vector_count * sizeof(vigie_slice);
    vigie_slice_workspace *workspace = aligned_alloc(64, (size + 63) / 64 * 64);
    if (workspace == NULL) return NULL;
    if (pthread_setspecific(key, workspace) != 0) {
        free(workspace);
        return NULL;
    }
    free(thread_workspace);
    memset(workspace, 0, size);
    memset(&workspace->arena[1], 0xFF, sizeof(vigie_slice));
    thread_workspace = workspace;
    thread_vector_count = vector_count;
    return workspace;
}
