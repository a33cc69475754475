// SPDX-License-Identifier: Apache-2.0

// Reads each line of the input as a flat JSON object. What was read is written again, and must read
// as the same.

import Documents

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_jsonlines")
func fuzzJSONLines(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
        let line = UnsafeRawBufferPointer(rebasing: line)
        guard let members = members(line) else { continue }
        let text =
            "{" + members.map { "\(quoted($0.name)):\($0.text)" }.joined(separator: ",") + "}"
        let again = Array(text.utf8).withUnsafeBytes { FuzzReaders.members($0) }
        precondition(again == members, "written again it reads otherwise")
    }
    return 0
}

private struct Member: Equatable {
    let name: String
    /// The value as it can be written again.
    let text: String
}

/// The members of an object; nil when it is none.
private func members(_ bytes: UnsafeRawBufferPointer) -> [Member]? {
    var scanner = JSONObjectScanner(bytes)
    var members: [Member] = []
    do throws(JSONFault) {
        while let (name, value) = try scanner.next() {
            members.append(Member(name: name, text: text(value, bytes)))
        }
    } catch {
        precondition(!error.message.isEmpty, "an error that tells nothing")
        return nil
    }
    return members
}

private func text(_ value: JSONObjectScanner.Value, _ bytes: UnsafeRawBufferPointer) -> String {
    switch value {
    case .missing: return "null"
    case .text(let text): return quoted(text)
    case .number(let number, let range):
        let text = String(decoding: bytes[range], as: UTF8.self)
        precondition(number.isFinite && number == Double(text), "another number than Swift reads")
        return text
    case .other(let range): return String(decoding: bytes[range], as: UTF8.self)
    }
}

/// A text in quotation marks. Byte by byte: to a String a mark and an accent are one character.
private func quoted(_ text: String) -> String {
    let bytes = text.utf8.flatMap { byte -> [UInt8] in
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
        case ..<0x10: Array("\\u000\(String(byte, radix: 16))".utf8)
        case ..<0x20: Array("\\u00\(String(byte, radix: 16))".utf8)
        default: [byte]
        }
    }
    return "\"" + String(decoding: bytes, as: UTF8.self) + "\""
}
