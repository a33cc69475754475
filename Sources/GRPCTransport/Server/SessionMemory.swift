// SPDX-License-Identifier: Apache-2.0

// Memory for nghttp2, which takes and gives back a dozen small pieces for each call.
// Those of one event loop are kept in lists by size: to take one from there costs a
// few nanoseconds, where malloc, asked for hundreds in a row, needs tens.

internal import CNGHTTP2

#if canImport(Glibc)
    internal import Glibc
#endif

/// The memory of the sessions of one event loop; used on that loop only.
final class SessionMemory {
    private let pieces: UnsafeMutablePointer<FreePieces>

    init() {
        pieces = .allocate(capacity: FreePieces.sizeCount)
        pieces.initialize(repeating: FreePieces(), count: FreePieces.sizeCount)
    }

    deinit {
        for size in 0..<FreePieces.sizeCount {
            while let piece = pieces[size].take() { free(piece) }
        }
        pieces.deallocate()
    }

    /// What nghttp2 calls. Its sessions must end before this object does.
    var functions: nghttp2_mem {
        nghttp2_mem(
            mem_user_data: pieces,
            malloc: takeMemory,
            free: giveBackMemory,
            calloc: takeZeroedMemory,
            realloc: resizeMemory
        )
    }
}

/// Pieces of one size that are free, each pointing at the next.
private struct FreePieces {
    /// Sizes are multiples of `stepBytes`, but for 0, which is anything larger.
    static let sizeCount = 17
    static let stepBytes = 64
    /// In front of each piece: its size, and room that keeps it aligned.
    static let headerBytes = 16
    /// More free pieces of a size are not kept.
    static let countMax = 512

    private var first: UnsafeMutableRawPointer?
    private var count = 0

    mutating func take() -> UnsafeMutableRawPointer? {
        guard let taken = first else { return nil }
        first = taken.load(as: UnsafeMutableRawPointer?.self)
        count -= 1
        return taken
    }

    /// False when there are enough.
    mutating func give(_ piece: UnsafeMutableRawPointer) -> Bool {
        guard count < Self.countMax else { return false }
        piece.storeBytes(of: first, as: UnsafeMutableRawPointer?.self)
        first = piece
        count += 1
        return true
    }
}

private func piecesOf(_ user: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<FreePieces>? {
    user?.assumingMemoryBound(to: FreePieces.self)
}

private func takeMemory(
    _ byteCount: Int,
    _ user: UnsafeMutableRawPointer?
) -> UnsafeMutableRawPointer? {
    let (whole, overflow) = byteCount.addingReportingOverflow(
        FreePieces.headerBytes + FreePieces.stepBytes - 1
    )
    guard let pieces = piecesOf(user), !overflow, byteCount >= 0 else { return nil }
    let steps = whole / FreePieces.stepBytes
    let size = steps < FreePieces.sizeCount ? steps : 0
    guard let piece = pieces[size].take() ?? malloc(steps * FreePieces.stepBytes) else {
        return nil
    }
    piece.storeBytes(of: size, as: Int.self)
    return piece + FreePieces.headerBytes
}

private func giveBackMemory(
    _ memory: UnsafeMutableRawPointer?,
    _ user: UnsafeMutableRawPointer?
) {
    guard let memory, let pieces = piecesOf(user) else { return }
    let piece = memory - FreePieces.headerBytes
    let size = piece.load(as: Int.self)
    if size > 0, pieces[size].give(piece) { return }
    free(piece)
}

private func takeZeroedMemory(
    _ count: Int,
    _ byteCount: Int,
    _ user: UnsafeMutableRawPointer?
) -> UnsafeMutableRawPointer? {
    let (whole, overflow) = count.multipliedReportingOverflow(by: byteCount)
    guard !overflow, let memory = takeMemory(whole, user) else { return nil }
    memset(memory, 0, whole)
    return memory
}

private func resizeMemory(
    _ memory: UnsafeMutableRawPointer?,
    _ byteCount: Int,
    _ user: UnsafeMutableRawPointer?
) -> UnsafeMutableRawPointer? {
    guard let memory else { return takeMemory(byteCount, user) }
    let piece = memory - FreePieces.headerBytes
    let size = piece.load(as: Int.self)
    let (whole, overflow) = byteCount.addingReportingOverflow(FreePieces.headerBytes)
    guard !overflow, byteCount >= 0 else { return nil }
    if size == 0 {
        return realloc(piece, whole).map { $0 + FreePieces.headerBytes }
    }
    let roomBytes = size * FreePieces.stepBytes
    if whole <= roomBytes { return memory }
    guard let grown = takeMemory(byteCount, user) else { return nil }
    memcpy(grown, memory, roomBytes - FreePieces.headerBytes)
    giveBackMemory(memory, user)
    return grown
}
