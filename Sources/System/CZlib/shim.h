// SPDX-License-Identifier: Apache-2.0
// The system's zlib. Its functions that set up a stream are macros; those below
// set one up for the gzip format.
#include <zlib.h>

static inline int vigie_gzip_inflate_init(z_stream *stream) {
    return inflateInit2(stream, 16 + MAX_WBITS);
}

/// Takes what has no header, as in zip archives.
static inline int vigie_raw_inflate_init(z_stream *stream) {
    return inflateInit2(stream, -MAX_WBITS);
}

/// Takes zlib's own format too, which HTTP and gRPC call deflate.
static inline int vigie_any_inflate_init(z_stream *stream) {
    return inflateInit2(stream, 32 + MAX_WBITS);
}

static inline int vigie_gzip_fast_deflate_init(z_stream *stream) {
    return deflateInit2(stream, Z_BEST_SPEED, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}

static inline int vigie_gzip_deflate_init(z_stream *stream) {
    return deflateInit2(stream, Z_BEST_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 8,
                        Z_DEFAULT_STRATEGY);
}
