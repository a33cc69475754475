// SPDX-License-Identifier: Apache-2.0

// The owner of the memory that nghttp2 uses; see session_memory.h.

internal import CHTTP2Session

/// The memory of the sessions of one event loop; used on that loop only.
final class SessionMemory {
    private let pieces: UnsafeMutablePointer<vigie_pieces>

    init() {
        pieces = .allocate(capacity: 1)
        pieces.initialize(to: vigie_pieces())
    }

    deinit {
        vigie_release_pieces(pieces)
        pieces.deallocate()
    }

    /// What nghttp2 calls. Its sessions must end before this object does.
    var functions: nghttp2_mem { vigie_memory_functions(pieces) }
}
