// SPDX-License-Identifier: Apache-2.0

// Answers packed by zstd, each alone, as each is asked for alone. Level 1, as for frames of
// histories: the numbers of scores do not become much shorter by more work.

internal import CZstd
internal import VigieLimits

/// Packs answers. For one thread at a time.
package final class AnswerPacker {
    private let context = ZSTD_createCCtx()
    private var room: [UInt8] = []

    /// Makes one.
    package init() { ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 1) }

    deinit { ZSTD_freeCCtx(context) }

    /// The packed answer; nil when there is no memory, or it is too long.
    package func pack(_ answer: [UInt8]) -> [UInt8]? {
        guard context != nil, answer.count <= JobLimits.jobAnswerBytes else { return nil }
        let bound = ZSTD_compressBound(answer.count)
        if room.count < bound { room = [UInt8](repeating: 0, count: bound) }
        let count = room.withUnsafeMutableBytes { target in
            answer.withUnsafeBytes { source in
                ZSTD_compress2(
                    context,
                    target.baseAddress,
                    target.count,
                    source.baseAddress,
                    source.count
                )
            }
        }
        guard ZSTD_isError(count) == 0 else { return nil }
        return Array(room[..<count])
    }
}

/// Unpacks answers.
package enum AnswerUnpacking {
    /// The answer, which is so long; nil when it is damaged.
    package static func unpack(_ packed: [UInt8], byteCount: Int) -> [UInt8]? {
        guard (0...JobLimits.jobAnswerBytes).contains(byteCount) else { return nil }
        var isWhole = false
        let answer = [UInt8](unsafeUninitializedCapacity: byteCount) { target, initialized in
            let count = packed.withUnsafeBytes {
                ZSTD_decompress(target.baseAddress, byteCount, $0.baseAddress, $0.count)
            }
            isWhole = ZSTD_isError(count) == 0 && count == byteCount
            initialized = isWhole ? byteCount : 0
        }
        return isWhole ? answer : nil
    }
}
