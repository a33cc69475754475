// SPDX-License-Identifier: Apache-2.0
// The bulk messages of vigie.v1 in memory laid out by protobuf-c, the memory
// that they are decoded into, the reader of their outer shell and the writer of
// small answers.
#include "scoring_service.pb-c.h"
#include "vigie_arena.h"
#include "vigie_envelope.h"
#include "vigie_score_rows.h"
