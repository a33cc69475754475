// SPDX-License-Identifier: Apache-2.0
// The system's nghttp2, and what of the server's work around it is inner enough to be plain C, all
// of it inline.
#include <nghttp2/nghttp2.h>

#include "allocator.h"
#include "frame_walk.h"
#include "request_head.h"
#include "session_memory.h"
#include "threads.h"
