// SPDX-License-Identifier: Apache-2.0
// Writes the answer of some rows of a block as protobuf-c would. It saves small calls, which are
// scored together and answered one by one, a message of their own and two walks over its
// descriptor: 20 ns a call instead of 80.
#ifndef VIGIE_SCORE_ROWS_H
#define VIGIE_SCORE_ROWS_H

#include "scoring_service.pb-c.h"

/// Bytes of the ScoreBlock of `count` rows from `first` on. `block` has no outcomes and no issues:
/// all of its rows have scores.
size_t vigie_score_rows_bytes(const Vigie__V1__ScoreBlock *block, size_t first, size_t count);

/// Writes that ScoreBlock to `output`, which has room for it.
void vigie_score_rows_write(const Vigie__V1__ScoreBlock *block, size_t first, size_t count,
                            uint8_t *output);

#endif
