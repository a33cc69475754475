// SPDX-License-Identifier: Apache-2.0

// The bit-sliced kernel for any processor: the compiler splits a vector into what there is.

#include "vigie_slice.h"
#include "vigie_walk.h"

#include <string.h>

#define VALUE float
#define NAME(name) name##32
#include "vigie_slice_search.inc"
#undef VALUE
#undef NAME

#define VALUE double
#define NAME(name) name##64
#include "vigie_slice_search.inc"
#undef VALUE
#undef NAME

#define BLOCK_BYTES 64
#define PART_BYTES 16
#include "vigie_slice_planes.inc"

#include "vigie_slice_steps.inc"
#include "vigie_slice_scalar.inc"
#include "vigie_slice_conditions.inc"
#include "vigie_slice.inc"

void vigie_slice_block_portable(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                                vigie_rows rows, double *output) {
    score_block(plan, workspace, rows, output);
}

void vigie_slice_bin_block_portable(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                                    vigie_rows rows, uint8_t *output) {
    bin_block(plan, workspace, rows, output);
}
