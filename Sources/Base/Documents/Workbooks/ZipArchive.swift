// SPDX-License-Identifier: Apache-2.0

// Zip archives, as workbooks are packed: parts by name, stored or deflated. What a part says of its
// size is held against limits before anything is unpacked, and against what comes out.

internal import CZlib
internal import VigieLimits

/// A zip archive in memory.
struct ZipArchive {
    /// A part, as the directory of the archive tells it.
    private struct Part {
        let method: UInt16
        let sum: UInt32
        let packedBytes: Int
        let bytes: Int
        /// Where its own header stands.
        let start: Int
    }

    private let bytes: [UInt8]
    private var parts: [String: Part] = [:]

    /// Reads the directory of an archive; nil if it is none, or is broken.
    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        // The end of the directory stands at the end of the file, before a comment.
        let earliest = max(bytes.count - 22 - 0xFFFF, 0)
        guard bytes.count >= 22,
            let end = stride(from: bytes.count - 22, through: earliest, by: -1).first(where: {
                number32($0) == 0x0605_4B50
            })
        else { return nil }
        let count = Int(number16(end + 10))
        guard count <= WorkbookLimits.parts else { return nil }
        var place = Int(number32(end + 16))
        for _ in 0..<count {
            guard place + 46 <= bytes.count, number32(place) == 0x0201_4B50 else { return nil }
            let lengths = [28, 30, 32].map { Int(number16(place + $0)) }
            guard place + 46 + lengths[0] <= bytes.count else { return nil }
            let name = String(decoding: bytes[place + 46..<place + 46 + lengths[0]], as: UTF8.self)
            let part = Part(
                method: number16(place + 10),
                sum: number32(place + 16),
                packedBytes: Int(number32(place + 20)),
                bytes: Int(number32(place + 24)),
                start: Int(number32(place + 42))
            )
            // Of two parts of a name, programs read different ones; a secret one nobody reads.
            let isSecret = number16(place + 8) & 1 != 0
            guard !isSecret, parts.updateValue(part, forKey: name) == nil else { return nil }
            place += 46 + lengths.reduce(0, +)
        }
    }

    /// The names of all parts.
    var names: [String] { Array(parts.keys) }

    /// What is in a part; nil if there is none of the name.
    ///
    /// - Throws: That it is broken, or too large.
    func part(_ name: String) throws(InputError) -> [UInt8]? {
        guard let part = parts[name] else { return nil }
        guard part.bytes <= WorkbookLimits.partBytes else {
            throw InputError(
                .content,
                "\(name) in it has \(part.bytes) bytes; at most "
                    + "\(WorkbookLimits.partBytes) are read"
            )
        }
        let header = part.start
        guard header + 30 <= bytes.count, number32(header) == 0x0403_4B50 else {
            throw broken(name)
        }
        let start = header + 30 + Int(number16(header + 26)) + Int(number16(header + 28))
        guard start + part.packedBytes <= bytes.count else { throw broken(name) }
        let packed = bytes[start..<start + part.packedBytes]
        var result: [UInt8]
        switch part.method {
        case 0: result = Array(packed)
        case 8:
            guard let unpacked = Self.unpacked(packed, part.bytes) else { throw broken(name) }
            result = unpacked
        default: throw broken(name)
        }
        let sum = result.withUnsafeBufferPointer {
            crc32(0, $0.baseAddress, UInt32(clamping: $0.count))
        }
        guard result.count == part.bytes, UInt32(truncatingIfNeeded: sum) == part.sum else {
            throw broken(name)
        }
        return result
    }

    private func broken(_ name: String) -> InputError {
        InputError(.content, "\(name) in it is broken", hint: "save the workbook again")
    }

    /// What deflated bytes are, if they are not more than they say.
    private static func unpacked(_ packed: ArraySlice<UInt8>, _ count: Int) -> [UInt8]? {
        var stream = z_stream()
        guard vigie_raw_inflate_init(&stream) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var input = Array(packed)
        var result: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 1 << 16)
        var status = Z_OK
        input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(clamping: input.count)
            while status == Z_OK, result.count <= count {
                let made = room.withUnsafeMutableBufferPointer { room -> Int in
                    stream.next_out = room.baseAddress
                    stream.avail_out = UInt32(clamping: room.count)
                    status = inflate(&stream, Z_NO_FLUSH)
                    return room.count - Int(stream.avail_out)
                }
                result += room[..<made]
                if made == 0, status != Z_STREAM_END { break }
            }
        }
        return status == Z_STREAM_END ? result : nil
    }

    private func number16(_ place: Int) -> UInt16 {
        guard place >= 0, place + 2 <= bytes.count else { return 0 }
        return UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8
    }

    private func number32(_ place: Int) -> UInt32 {
        UInt32(number16(place)) | UInt32(number16(place + 2)) << 16
    }
}
