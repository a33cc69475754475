// SPDX-License-Identifier: Apache-2.0
// The proto files of the services that servers have, as descriptors, for server reflection.
#ifndef VIGIE_SERVICE_DESCRIPTORS_H
#define VIGIE_SERVICE_DESCRIPTORS_H

#include <stdbool.h>
#include <stddef.h>

/// A proto file.
typedef struct {
    /// Name, as other files import it.
    const char *name;
    /// The encoded google.protobuf.FileDescriptorProto as field 1 of a message, tag and length
    /// before it.
    const unsigned char *bytes;
    /// Number of bytes.
    size_t length;
    /// Numbers of the file itself and of all that it imports.
    const unsigned short *closure;
    /// How many these are.
    size_t closure_count;
} vigie_descriptor_file;

/// Something that a file declares.
typedef struct {
    /// Full name.
    const char *name;
    /// Number of the file.
    unsigned short file;
    /// Whether it is a message.
    bool is_message;
} vigie_descriptor_symbol;

/// The files, in the order of their names.
const vigie_descriptor_file *vigie_descriptor_files(size_t *count);

/// The symbols, in the order of the bytes of their names.
const vigie_descriptor_symbol *vigie_descriptor_symbols(size_t *count);

#endif
