// SPDX-License-Identifier: Apache-2.0

// A call that is over as one line of JSON. Names are those of the metrics and of OpenTelemetry
// where they have them; what is not known is left out.

internal import ProtobufCoding
internal import Quantities
package import Telemetry
internal import VigieProtos

extension CallRecord {
    /// The line, without its end.
    package var line: String {
        var line = ObjectLine()
        line.text("time", Self.text(ofNanoseconds: beginNanoseconds))
        line.text("method", path.isEmpty ? "other" : path)
        line.text("code", Counter.callsEnded(code: code).code ?? "\(code)")
        if let reason { line.text("reason", reason) }
        line.number("duration_us", Double(nanoseconds / 100) / 10)
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

    /// A time as RFC 3339 writes it, in UTC, to the microsecond.
    static func text(ofNanoseconds nanoseconds: UInt64) -> String {
        let seconds = Int64(clamping: nanoseconds / 1_000_000_000)
        let second = Int(seconds % 86_400)
        let clock = [second / 3_600, second / 60 % 60, second % 60].map { padded($0, 2) }
        let micros = Int(nanoseconds % 1_000_000_000 / 1_000)
        return "\(CalendarDate(secondsSince1970: seconds))T\(clock.joined(separator: ":"))"
            + ".\(padded(micros, 6))Z"
    }

    private static func padded(_ value: Int, _ digits: Int) -> String {
        let text = "\(value)"
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}

/// An object of JSON that is being written, on one line.
private struct ObjectLine {
    private var line = "{"

    mutating func text(_ name: String, _ value: String) {
        begin(name)
        line += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\": line += "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.properties.generalCategory == .control:
                let digits = String(scalar.value, radix: 16)
                line += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: line.unicodeScalars.append(scalar)
            }
        }
        line += "\""
    }

    mutating func number(_ name: String, _ value: some CustomStringConvertible) {
        begin(name)
        line += value.description
    }

    private mutating func begin(_ name: String) {
        if line.utf8.count > 1 { line += "," }
        line += "\"\(name)\":"
    }

    consuming func end() -> String { line + "}" }
}
