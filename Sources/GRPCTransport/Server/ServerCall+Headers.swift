// SPDX-License-Identifier: Apache-2.0

// Header fields of a request, one by one as HPACK gives them.

internal import NIOCore
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#endif

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
        if head.byteCount > environment.limits.headerListBytesMax
            || head.count > environment.limits.headerCountMax
        {
            head.isOverLimit = true
            // A compressed bomb unpacks to far more than it takes to send.
            return head.byteCount <= 4 * environment.limits.headerListBytesMax
        }
        switch name.count {
        case 2 where equals(name, "te"):
            break
        case 5 where equals(name, ":path"):
            head.routeIndex = environment.routeIndex(of: value)
        case 7 where equals(name, ":method"):
            head.isPost = equals(value, "POST")
        case 7 where equals(name, ":scheme"), 10 where equals(name, ":authority"):
            break
        case 10 where equals(name, "user-agent"):
            break
        case 12 where equals(name, "content-type"):
            head.isGRPC = isGRPCContentType(value)
        case 12 where equals(name, "grpc-timeout"):
            receiveTimeout(value, secondsMax: environment.limits.timeoutSecondsMax)
        case 13 where equals(name, "grpc-encoding"):
            deframer.acceptsGzip = equals(value, "gzip")
        case 14 where equals(name, "content-length"):
            break
        case 15 where equals(name, "accept-encoding"):
            break
        case 20 where equals(name, "grpc-accept-encoding"):
            break
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
        if name.first == UInt8(ascii: ":") { return }
        metadata.append(
            (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
        )
    }

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
        guard bytes.count == text.utf8CodeUnitCount, let start = bytes.baseAddress else {
            return false
        }
        return memcmp(start, text.utf8Start, bytes.count) == 0
    }
}
