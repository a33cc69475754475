// SPDX-License-Identifier: Apache-2.0

// The door to the SHAP kernel: rows in, contributions out, block by block.

#include "vigie_shap.h"

#include "CForestSlices.h"

#include <math.h>
#include <string.h>

bool vigie_shap_runs(int path) {
#if defined(__x86_64__)
    if (path == vigie_slice_avx2) {
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    }
#endif
    return vigie_slice_runs(path);
}

static vigie_shap_block *block_of(int path) {
#if defined(__x86_64__)
    if (path == vigie_slice_avx512) return vigie_shap_block_avx512;
    if (path == vigie_slice_avx2) return vigie_shap_block_avx2;
#endif
    return vigie_shap_block_portable;
}

static vigie_shap_ways *ways_of(int path) {
#if defined(__x86_64__)
    if (path == vigie_slice_avx512) return vigie_shap_ways_avx512;
    if (path == vigie_slice_avx2) return vigie_shap_ways_avx2;
#endif
    return vigie_shap_ways_portable;
}

/// Takes `count` values of `size` bytes off the place, which stays on a boundary of 64.
static void *take(uintptr_t *place, size_t count, size_t size) {
    uintptr_t taken = *place;
    *place += (count * size + 63) / 64 * 64;
    return (void *)taken;
}

static vigie_shap_scratch scratch_at(const vigie_shap_plan *plan, uintptr_t *place) {
    vigie_shap_scratch scratch;
    scratch.columns = take(place, plan->column_count, sizeof *scratch.columns);
    scratch.missing = take(place, plan->column_count, sizeof *scratch.missing);
    scratch.holds = take(place, plan->conditions_max, sizeof *scratch.holds);
    scratch.follows = take(place, plan->conditions_max, sizeof *scratch.follows);
    scratch.slots = take(place, plan->slot_values_max * vigie_shap_lanes_max, sizeof(double));
    scratch.sums = take(place, plan->sum_count * vigie_shap_rows, sizeof(double));
    return scratch;
}

size_t vigie_shap_workspace_bytes(const vigie_shap_plan *plan) {
    uintptr_t end = 0;
    scratch_at(plan, &end);
    return end;
}

void vigie_shap_tabulate(const vigie_shap_plan *plan, int path, double *tables, void *workspace) {
    uintptr_t place = (uintptr_t)workspace;
    vigie_shap_scratch scratch = scratch_at(plan, &place);
    vigie_shap_ways *ways = ways_of(path);
    for (size_t t = 0; t < plan->tree_count; t++) {
        const vigie_shap_tree *tree = &plan->trees[t];
        ways(plan, tree, &scratch, tables + (size_t)tree->table * vigie_shap_table_splits);
    }
}

#define VALUE float
#define VALUES values32
#define NAME(name) name##32
#include "vigie_shap_rows.inc"
#undef VALUE
#undef VALUES
#undef NAME

#define VALUE double
#define VALUES values64
#define NAME(name) name##64
#include "vigie_shap_rows.inc"
