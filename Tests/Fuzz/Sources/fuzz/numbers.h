// SPDX-License-Identifier: Apache-2.0

#ifndef VIGIE_NUMBERS_H
#define VIGIE_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Changes a text as libFuzzer does, or puts a number at the edge of some type in the place of one
/// that it has.
size_t vigie_mutate_numbers(uint8_t *data, size_t size, size_t max_size, unsigned seed);

#endif
