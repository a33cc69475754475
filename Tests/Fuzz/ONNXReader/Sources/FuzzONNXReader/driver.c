// SPDX-License-Identifier: Apache-2.0

// Pulls libFuzzer's own main into the program; it finds the entry in FuzzTarget. (The main of a
// Swift executable would be in its way.)

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *start, size_t count);

int (*const vigie_fuzz_entry)(const uint8_t *, size_t) = LLVMFuzzerTestOneInput;
