// SPDX-License-Identifier: Apache-2.0
// The system's nghttp2: HTTP/2 framing, HPACK and stream states without I/O.
#include <nghttp2/nghttp2.h>
