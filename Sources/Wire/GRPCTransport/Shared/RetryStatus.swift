// SPDX-License-Identifier: Apache-2.0

// The status of a call that should be made again a little later, with the details that
// programs read: google.rpc.Status with ErrorInfo and RetryInfo, in protobuf's wire form.
// Written by hand, since the transport has no protobuf library.

internal import VigieLimits

extension GRPCStatus {
    /// Says that a memory of the server is used up for the moment.
    static func noMemory(_ what: String) -> GRPCStatus {
        .retryLater(
            "The server's memory for \(what) is in use; send the call again later.",
            milliseconds: TransportLimits().memoryRetryMilliseconds
        )
    }

    /// Says that too many messages are being unpacked for another to wait its turn.
    static var tooManyPacked: GRPCStatus {
        .retryLater(
            "Too many compressed messages wait to be unpacked (unpackedMessagesMax); send the "
                + "call again later.",
            milliseconds: TransportLimits().memoryRetryMilliseconds
        )
    }

    /// Says that a message would not be unpacked before the deadline.
    static var tooLate: GRPCStatus {
        .explained(
            .deadlineExceeded,
            "The compressed messages that wait to be unpacked take longer than the call's deadline "
                + "leaves; send less at a time, or allow more time.",
            reason: "QUEUE_TOO_LONG"
        )
    }

    /// UNAVAILABLE with the reason OVERLOADED and the time to wait.
    package static func retryLater(_ message: String, milliseconds: Int) -> GRPCStatus {
        explained(.unavailable, message, reason: "OVERLOADED", milliseconds: milliseconds)
    }

    /// A status with its reason for programs, and the time to wait where waiting helps.
    static func explained(
        _ code: Code,
        _ message: String,
        reason: String,
        milliseconds: Int? = nil
    ) -> GRPCStatus {
        let information: [UInt8] =
            Self.field(1, Array(reason.utf8)) + Self.field(2, Array("vigie".utf8))
        var status =
            Self.number(1, code.rawValue) + Self.field(2, Array(message.utf8))
            + Self.field(3, Self.any("google.rpc.ErrorInfo", information))
        if let milliseconds {
            let delay =
                Self.number(1, milliseconds / 1_000)
                + Self.number(2, milliseconds % 1_000 * 1_000_000)
            status += Self.field(3, Self.any("google.rpc.RetryInfo", Self.field(1, delay)))
        }
        return GRPCStatus(code, message, details: status)
    }

    private static func any(_ type: String, _ message: [UInt8]) -> [UInt8] {
        field(1, Array("type.googleapis.com/\(type)".utf8)) + field(2, message)
    }

    private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [number << 3 | 2] + varint(bytes.count) + bytes
    }

    private static func number(_ number: UInt8, _ value: Int) -> [UInt8] {
        value == 0 ? [] : [number << 3] + varint(value)
    }

    private static func varint(_ value: Int) -> [UInt8] {
        var rest = UInt64(clamping: value)
        var bytes: [UInt8] = []
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(truncatingIfNeeded: rest)]
    }
}
