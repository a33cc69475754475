// SPDX-License-Identifier: Apache-2.0

// Text of other encodings as UTF-8, piece by piece. A byte or a unit that is no
// character ends the reading: nothing is replaced.

internal import Synchronization
internal import VigieLimits

extension ByteSource {
    /// The same text in UTF-8.
    package func decoded(from encoding: TextEncoding) -> ByteSource {
        if encoding == .utf8 { return self }
        let decoder = Mutex(TextDecoder(encoding, source: name))
        return ByteSource(name: name, totalBytes: nil, identity: identity) {
            [read] buffer throws(InputError) in
            var failure: InputError?
            let count = decoder.withLock { decoder -> Int in
                do throws(InputError) {
                    while decoder.isDry {
                        guard try decoder.fill(read) else { return 0 }
                    }
                    return decoder.take(buffer)
                } catch {
                    failure = error
                    return 0
                }
            }
            if let failure { throw failure }
            return count
        }
    }
}

/// Turns text of one encoding into UTF-8.
struct TextDecoder: Sendable {
    private let encoding: TextEncoding
    private let source: String
    private let upperHalf: [UInt32]
    private var raw = [UInt8](repeating: 0, count: InputLimits.sampleBytes)
    private var text: [UInt8] = []
    private var taken = 0
    private var oddByte: UInt8?
    private var highSurrogate: UInt16?
    private var line = 1
    private var hasEnded = false

    init(_ encoding: TextEncoding, source: String) {
        self.encoding = encoding
        self.source = source
        upperHalf = encoding.upperHalf ?? []
    }

    /// Whether all text that there is was taken.
    var isDry: Bool { taken == text.count }

    /// Gives the next bytes of UTF-8 away.
    mutating func take(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, text.count - taken)
        buffer.copyBytes(from: text[taken..<(taken + count)])
        taken += count
        return count
    }

    /// Decodes the next piece. Returns false at the end.
    mutating func fill(
        _ read: @Sendable (UnsafeMutableRawBufferPointer) throws(InputError) -> Int
    ) throws(InputError) -> Bool {
        text.removeAll(keepingCapacity: true)
        taken = 0
        guard !hasEnded else { return false }
        let result = raw.withUnsafeMutableBytes { buffer in
            Result { () throws(InputError) in try read(buffer) }
        }
        let count = try result.get()
        guard count > 0 else {
            hasEnded = true
            if oddByte != nil || highSurrogate != nil { throw fault("its end") }
            return false
        }
        if upperHalf.isEmpty {
            for index in 0..<count { try decodeUnit(raw[index]) }
        } else {
            for index in 0..<count { try decodeByte(raw[index]) }
        }
        return true
    }

    private mutating func decodeByte(_ byte: UInt8) throws(InputError) {
        if byte < 0x80 {
            if byte == UInt8(ascii: "\n") { line += 1 }
            text.append(byte)
            return
        }
        let character = upperHalf[Int(byte) - 0x80]
        guard character > 0, let scalar = Unicode.Scalar(character) else {
            throw fault("byte 0x\(String(byte, radix: 16))")
        }
        append(scalar)
    }

    private mutating func decodeUnit(_ byte: UInt8) throws(InputError) {
        guard let first = oddByte else {
            oddByte = byte
            return
        }
        oddByte = nil
        let isLittle = encoding == .utf16LittleEndian
        let unit = UInt16(isLittle ? byte : first) << 8 | UInt16(isLittle ? first : byte)
        if let high = highSurrogate {
            highSurrogate = nil
            guard UTF16.isTrailSurrogate(unit) else { throw fault("half a character") }
            let value = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
            guard let scalar = Unicode.Scalar(value) else { throw fault("half a character") }
            append(scalar)
        } else if UTF16.isLeadSurrogate(unit) {
            highSurrogate = unit
        } else {
            guard let scalar = Unicode.Scalar(unit) else { throw fault("half a character") }
            if scalar == "\n" { line += 1 }
            append(scalar)
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        // Most characters, also of texts in UTF-16.
        if scalar.isASCII { return text.append(UInt8(truncatingIfNeeded: scalar.value)) }
        text.append(contentsOf: Unicode.UTF8.encode(scalar).map(Array.init) ?? [])
    }

    private func fault(_ what: String) -> InputError {
        InputError(
            .content,
            "\(source), line \(line): \(what) is no text in \(encoding.rawValue)",
            hint: "read it with another --encoding, or convert it to UTF-8"
        )
    }
}
