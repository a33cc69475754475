// SPDX-License-Identifier: Apache-2.0

// A call that is over as one line of JSON. Names are those of the metrics and of OpenTelemetry
// where they have them; what is not known is left out. A line is made on the event loop of its
// call, so it is written byte by byte: some 250 bytes in half a microsecond.

internal import ProtobufCoding
internal import Quantities
package import Telemetry
internal import VigieProtos

extension CallRecord {
    /// The line in UTF-8, without its end.
    package var line: [UInt8] {
        var line = ObjectLine()
        line.name("time")
        line.time(ofNanoseconds: beginNanoseconds)
        line.text("method", path.isEmpty ? "other" : path)
        line.text("code", Counter.callsEnded(code: code).code ?? "\(code)")
        if let reason { line.text("reason", reason) }
        line.number("duration_us", nanoseconds / 1_000)
        line.fraction(nanoseconds / 100 % 10)
        line.number("received", received)
        line.number("sent", sent)
        if !peerAddress.isEmpty { line.text("peer", peerAddress) }
        if peerPort > 0 { line.number("peer_port", peerPort) }
        if !caller.isEmpty { line.text("caller", caller) }
        if let trace {
            line.text("trace_id", trace.traceID)
            line.text("parent_id", trace.parentID)
        }
        return line.end()
    }

    /// The reason for programs, of a call that failed.
    private var reason: String? {
        guard let details, let status = try? Google_Rpc_Status(serializedBytes: details) else {
            return nil
        }
        for detail in status.details {
            if let info = try? Google_Rpc_ErrorInfo(unpackingAny: detail) { return info.reason }
        }
        return nil
    }
}

/// An object of JSON that is being written, on one line.
private struct ObjectLine {
    private var bytes: [UInt8] = []

    init() {
        bytes.reserveCapacity(384)
        bytes.append(UInt8(ascii: "{"))
    }

    /// Begins a member.
    mutating func name(_ name: StaticString) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes += $0 }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    mutating func text(_ name: StaticString, _ value: String) {
        self.name(name)
        bytes.append(UInt8(ascii: "\""))
        var value = value
        let isPlain = value.withUTF8 { text in
            let isPlain = text.allSatisfy(Self.isPlain)
            if isPlain { bytes += text }
            return isPlain
        }
        if !isPlain { escape(value) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Whether a byte stands for itself: ASCII that JSON does not escape.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private mutating func escape(_ value: String) {
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                bytes += [UInt8(ascii: "\\"), UInt8(truncatingIfNeeded: scalar.value)]
            case _ where scalar.properties.generalCategory == .control:
                let digits = String(scalar.value, radix: 16)
                let zeros = String(repeating: "0", count: 4 - digits.utf8.count)
                bytes += "\\u\(zeros)\(digits)".utf8
            default: bytes += Character(scalar).utf8
            }
        }
    }

    mutating func number(_ name: StaticString, _ value: some BinaryInteger) {
        self.name(name)
        bytes += value.description.utf8
    }

    /// A digit behind the number before.
    mutating func fraction(_ tenths: UInt64) {
        bytes.append(UInt8(ascii: "."))
        digits(tenths, 1)
    }

    /// A time as RFC 3339 writes it, in UTC, to the microsecond.
    mutating func time(ofNanoseconds nanoseconds: UInt64) {
        let seconds = nanoseconds / 1_000_000_000
        let day = CalendarDate(secondsSince1970: Int64(clamping: seconds)).components
        let second = seconds % 86_400
        bytes.append(UInt8(ascii: "\""))
        let parts: [(UInt64, Int, UInt8)] = [
            (UInt64(clamping: day.year), 4, UInt8(ascii: "-")),
            (UInt64(clamping: day.month), 2, UInt8(ascii: "-")),
            (UInt64(clamping: day.day), 2, UInt8(ascii: "T")),
            (second / 3_600, 2, UInt8(ascii: ":")), (second / 60 % 60, 2, UInt8(ascii: ":")),
            (second % 60, 2, UInt8(ascii: ".")),
            (nanoseconds % 1_000_000_000 / 1_000, 6, UInt8(ascii: "Z")),
        ]
        for (value, count, mark) in parts {
            digits(value, count)
            bytes.append(mark)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func digits(_ value: UInt64, _ count: Int) {
        let start = bytes.count
        for _ in 0..<count { bytes.append(UInt8(ascii: "0")) }
        var rest = value
        for place in (start..<start + count).reversed() {
            bytes[place] += UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    consuming func end() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
