// SPDX-License-Identifier: Apache-2.0

// The first lines of a file of JSON lines, before the first row is given away.

internal import Documents
internal import VigieLimits

/// What the start of a file tells.
struct JSONLinesStart {
    /// The names of the members of the first objects, mapped, in the order of their coming.
    private(set) var members: [String] = []
    /// Whether these are all objects of the file.
    let isWhole: Bool
    private var counts: [String: Int] = [:]
    private var objectCount = 0
    /// The names that members have elsewhere.
    let names: [String: String]

    /// Looks at the unread bytes of a buffer. Refuses what is JSON and not one object on each line.
    init(_ buffer: InputBuffer, mappings: [ColumnMapping]) throws(InputError) {
        var hasEnded = false
        while !hasEnded, buffer.unread.count <= InputLimits.sampleBytes {
            hasEnded = try !buffer.refill(line: 1)
        }
        isWhole = hasEnded && buffer.unread.count <= InputLimits.sampleBytes
        var names: [String: String] = [:]
        for mapping in mappings { names[mapping.column] = mapping.input }
        self.names = names
        let start = UnsafeRawBufferPointer(
            rebasing: buffer.unread.prefix(InputLimits.sampleBytes)
        )
        if start.allSatisfy({ $0 <= 0x20 || $0 == 0x1A }) {
            throw InputError(
                .content,
                "\(buffer.source.name) is empty",
                hint: "each line must hold one JSON object"
            )
        }
        if Self.goesOnBehindItsLine(start) {
            throw InputError(
                .content,
                "\(buffer.source.name) holds JSON objects of several lines",
                hint: "write one object on each line: jq -c . FILE > FILE.jsonl"
            )
        }
        let lines = start.split(separator: UInt8(ascii: "\n"))
        for line in isWhole ? lines[...] : lines.dropLast() { collect(line) }
    }

    /// Whether most of the objects have a member. One that few have may be a slip.
    func isUsual(_ name: String) -> Bool { counts[name, default: 0] * 2 > objectCount }

    private mutating func collect(_ line: Slice<UnsafeRawBufferPointer>) {
        var scanner = JSONObjectScanner(UnsafeRawBufferPointer(rebasing: line))
        objectCount += 1
        while let member = try? scanner.next() {
            let name = names[member.name] ?? member.name
            if counts.updateValue(counts[name, default: 0] + 1, forKey: name) == nil {
                members.append(name)
            }
        }
    }

    /// Whether the first object ends on another line than it begins.
    private static func goesOnBehindItsLine(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var depth = 0
        var isText = false
        var isEscaped = false
        var lineEnds = 0
        for byte in bytes.drop(while: { $0 <= 0x20 }) {
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
                if byte == UInt8(ascii: "\n") { return false }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                // The next object already: the one before was not closed.
                if lineEnds == 1, depth == 1, byte == UInt8(ascii: "{") { return false }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return lineEnds > 0 }
            case UInt8(ascii: "\n"): lineEnds += 1
            default: break
            }
            if lineEnds > 0, depth == 0 { return false }
        }
        return lineEnds > 1
    }
}
