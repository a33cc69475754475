// SPDX-License-Identifier: Apache-2.0
// The bundles that are part of the product, embedded in the program so that a
// server needs no files to score.
#ifndef VIGIE_DEFAULT_MODELS_H
#define VIGIE_DEFAULT_MODELS_H

#include <stddef.h>

/// One file of an embedded bundle.
typedef struct {
    /// Name of the bundle.
    const char *bundle;
    /// Name of the file in it.
    const char *file;
    /// The contents, not terminated.
    const unsigned char *bytes;
    /// Number of bytes.
    size_t length;
} vigie_embedded_file;

/// File `index` of all embedded bundles, or NULL past the last. The files of one
/// bundle stand together, those of the default model first.
const vigie_embedded_file *vigie_embedded_file_at(size_t index);

#endif
