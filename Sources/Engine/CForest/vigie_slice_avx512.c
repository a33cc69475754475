// SPDX-License-Identifier: Apache-2.0

// The bit-sliced kernel for x86-64 with AVX-512.

#include "vigie_slice.h"
#include "vigie_walk.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <math.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))), \
                             apply_to = function)

#define BLOCK_BYTES 64
#define PART_BYTES 64
#include "vigie_slice_planes.inc"

#include "vigie_slice_steps.inc"
#include "vigie_slice_avx512_bins.inc"
#include "vigie_slice_avx512_sums.inc"
#include "vigie_slice_conditions.inc"
#include "vigie_slice.inc"

void vigie_slice_block_avx512(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                              vigie_rows rows, double *output) {
    score_block(plan, workspace, rows, output);
}

void vigie_slice_bin_block_avx512(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                                  vigie_rows rows, uint8_t *output) {
    bin_block(plan, workspace, rows, output);
}

#pragma clang attribute pop

#endif
