// SPDX-License-Identifier: Apache-2.0

// Readers of the wire that are plain C, as libFuzzer calls them.

#ifndef VIGIE_FUZZ_WIRE_H
#define VIGIE_FUZZ_WIRE_H

#include <stddef.h>
#include <stdint.h>

/// Reads the input as a message of ScoreRows: its shell, its header and its block, the last both as
/// it lies there and by protobuf-c, which must agree.
int vigie_fuzz_rows(const uint8_t *start, size_t count);

/// Reads the input as the fields of a header list: for each a byte of length and so many bytes of
/// its name, and the same of its value.
int vigie_fuzz_headers(const uint8_t *start, size_t count);

#endif
