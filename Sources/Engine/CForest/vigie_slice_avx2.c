// SPDX-License-Identifier: Apache-2.0

// The bit-sliced kernel for x86-64 with AVX2: a vector is two registers.

#include "vigie_slice.h"
#include "vigie_walk.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)

#define BLOCK_BYTES 64
#define PART_BYTES 32
#include "vigie_slice_planes.inc"

#include "vigie_bins_avx2.inc"
#include "vigie_sums_avx2.inc"

#include "vigie_slice_steps.inc"
#include "vigie_slice_conditions.inc"
#include "vigie_slice.inc"

void vigie_slice_block_avx2(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                            vigie_rows rows, double *output) {
    if (rows.count <= block_rows / 2) {
        vigie_slice_half_block_avx2(plan, workspace, rows, output);
        return;
    }
    score_block(plan, workspace, rows, output);
}

void vigie_slice_bin_block_avx2(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                                vigie_rows rows, uint8_t *output) {
    bin_block(plan, workspace, rows, output);
}

#pragma clang attribute pop

#endif
