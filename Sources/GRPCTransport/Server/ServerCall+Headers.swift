// SPDX-License-Identifier: Apache-2.0

// Header fields of a request, one by one as HPACK gives them.

internal import NIOCore
internal import VigieLimits

extension ServerCall {
    /// Takes a header field.
    ///
    /// - Returns: false when the client must be cut off: it goes on and on
    ///   after a limit was passed.
    func receiveHeader(
        _ name: UnsafeRawBufferPointer,
        _ value: UnsafeRawBufferPointer,
        environment: ServerEnvironment
    ) -> Bool {
        head.count += 1
        head.byteCount += name.count + value.count + 32
        let limits = environment.limits
        if head.byteCount > limits.headerListBytesMax || head.count > limits.headerCountMax {
            head.isOverLimit = true
            // A compressed bomb unpacks to far more than it takes to send.
            return head.byteCount <= 4 * limits.headerListBytesMax
        }
        switch name.count {
        case 5 where equals(name, ":path"):
            head.routeIndex = environment.routeIndex(of: value)
        case 7 where equals(name, ":method"):
            head.isPost = equals(value, "POST")
        case 12 where equals(name, "content-type"):
            head.isGRPC = isGRPCContentType(value)
        case 12 where equals(name, "grpc-timeout"):
            receiveTimeout(value, secondsMax: limits.timeoutSecondsMax)
        case 13 where equals(name, "grpc-encoding"):
            deframer.acceptsGzip = equals(value, "gzip")
        default:
            keep(name, value)
        }
        return true
    }

    private func receiveTimeout(_ value: UnsafeRawBufferPointer, secondsMax: Int) {
        guard let nanoseconds = CallTimeout.nanoseconds(value, secondsMax: secondsMax) else {
            head.timeoutIsMalformed = true
            return
        }
        deadline = .now() + .nanoseconds(nanoseconds)
    }

    /// Keeps what services may want to know.
    private func keep(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        if name.first == UInt8(ascii: ":")
            || Self.ofNoInterest.contains(where: { equals(name, $0) })
        {
            return
        }
        metadata.append(
            (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
        )
    }

    private static let ofNoInterest: [StaticString] = [
        "te", "user-agent", "grpc-accept-encoding", "accept-encoding",
        "content-length",
    ]

    private func isGRPCContentType(_ value: UnsafeRawBufferPointer) -> Bool {
        let prefix: StaticString = "application/grpc"
        let length = prefix.utf8CodeUnitCount
        guard value.count >= length else { return false }
        guard equals(UnsafeRawBufferPointer(rebasing: value[..<length]), prefix) else {
            return false
        }
        return value.count == length || value[length] == UInt8(ascii: "+")
            || value[length] == UInt8(ascii: ";")
    }

    private func equals(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        bytes.count == text.utf8CodeUnitCount
            && bytes.elementsEqual(
                UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
            )
    }
}
