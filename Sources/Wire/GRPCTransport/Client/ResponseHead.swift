// SPDX-License-Identifier: Apache-2.0

// What a client reads out of response headers and trailers.

/// The headers of a response that decide what became of the call. Unknown ones are passed over.
struct ResponseHead {
    private var httpStatus: Int?
    private var isGRPC = false
    private var code: Int?
    private var message: String?
    private var details: [UInt8]?
    private(set) var retryPushbackMilliseconds: Int?

    /// Takes one header or trailer.
    mutating func take(name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>) {
        if name.equals(":status") {
            httpStatus = decimal(value)
        } else if name.equals("content-type") {
            isGRPC = value.hasPrefix("application/grpc")
        } else if name.equals("grpc-status") {
            code = decimal(value) ?? GRPCStatus.Code.unknown.rawValue
        } else if name.equals("grpc-message") {
            message = HeaderText.percentDecoded(value)
        } else if name.equals("grpc-status-details-bin") {
            details = HeaderText.base64Decoded(value)
        } else if name.equals("grpc-retry-pushback-ms") {
            // What cannot be read forbids to repeat, as gRPC wants it.
            retryPushbackMilliseconds = decimal(value) ?? -1
        }
    }

    /// The status of a call that the server ended, which had better have a `grpc-status`.
    var status: GRPCStatus {
        if let code {
            return GRPCStatus(
                GRPCStatus.Code(rawValue: code) ?? .unknown,
                message ?? "",
                details: details
            )
        }
        let text = httpStatus.map(String.init) ?? "none"
        return GRPCStatus(
            codeOfHTTPStatus,
            "the server answered without grpc-status (HTTP \(text))"
        )
    }

    /// Whether it is a response before the response, such as 103 with hints: none of it counts.
    var isInterim: Bool { httpStatus.map { (100..<200).contains($0) } ?? false }

    /// Whether the server gave a `grpc-status`.
    var hasStatus: Bool { code != nil }

    /// Why the headers so far are not those of a gRPC answer.
    var refusal: GRPCStatus? {
        if code != nil || (httpStatus == 200 && isGRPC) { return nil }
        let text = httpStatus.map(String.init) ?? "none"
        return GRPCStatus(
            codeOfHTTPStatus,
            "the server does not speak gRPC (HTTP \(text), content-type is not application/grpc)"
        )
    }

    /// The table of "HTTP to gRPC Status Code Mapping" in gRPC's documentation.
    private var codeOfHTTPStatus: GRPCStatus.Code {
        switch httpStatus {
        case 400: .internalError
        case 401: .unauthenticated
        case 403: .permissionDenied
        case 404: .unimplemented
        case 429, 502, 503, 504: .unavailable
        default: .unknown
        }
    }

    /// A number of at most nine digits.
    private func decimal(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard !text.isEmpty, text.count <= 9 else { return nil }
        var value = 0
        for byte in text {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func equals(_ text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount && hasPrefix(text)
    }

    fileprivate func hasPrefix(_ text: StaticString) -> Bool {
        guard count >= text.utf8CodeUnitCount else { return false }
        for index in 0..<text.utf8CodeUnitCount where self[index] != text.utf8Start[index] {
            return false
        }
        return true
    }
}
