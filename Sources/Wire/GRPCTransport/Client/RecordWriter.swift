// SPDX-License-Identifier: Apache-2.0

// Plaintext on its way into TLS: small pieces are gathered into whole records,
// large ones are encrypted where they lie.

internal import NIOCore

/// Gathers plaintext into TLS records of full length.
final class RecordWriter {
    private static let recordBytes = 16 << 10

    private let engine: TLSEngine
    private let staging: UnsafeMutableRawBufferPointer
    private var stagedCount = 0

    /// Makes a writer that encrypts with `engine`.
    init(_ engine: TLSEngine) {
        self.engine = engine
        staging = .allocate(byteCount: Self.recordBytes, alignment: 16)
    }

    deinit {
        staging.deallocate()
    }

    /// Bytes that wait to be sent, encrypted or not.
    var pendingBytes: Int { engine.outbound.readableBytes + stagedCount }

    /// Writes bytes; at most 32 KiB of them are copied.
    func write(_ bytes: UnsafeRawBufferPointer) throws(TLSError) {
        var rest = bytes
        if stagedCount > 0 || rest.count < Self.recordBytes { try stage(&rest) }
        let whole = rest.count / Self.recordBytes * Self.recordBytes
        if whole > 0 {
            try engine.write(UnsafeRawBufferPointer(rebasing: rest[..<whole]))
            rest = UnsafeRawBufferPointer(rebasing: rest[whole...])
        }
        if !rest.isEmpty { try stage(&rest) }
    }

    /// Encrypts what was gathered.
    func flush() throws(TLSError) {
        guard stagedCount > 0 else { return }
        try engine.write(UnsafeRawBufferPointer(rebasing: staging[..<stagedCount]))
        stagedCount = 0
    }

    private func stage(_ rest: inout UnsafeRawBufferPointer) throws(TLSError) {
        let count = min(Self.recordBytes - stagedCount, rest.count)
        let target = UnsafeMutableRawBufferPointer(rebasing: staging[stagedCount...])
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
        stagedCount += count
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        if stagedCount == Self.recordBytes { try flush() }
    }
}
