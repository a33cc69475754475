// SPDX-License-Identifier: Apache-2.0

// A message posted to addresses that were looked at before: it goes there and nowhere else,
// whatever its name leads to by now, and wherever the receiver points to.
//
// Cost: a connection and a handshake of TLS each, some 3 ms of processor time; whoever is called so
// seldom need not be held a connection open.

internal import CCurl
package import NetworkAddresses
internal import VigieLimits

/// Something to be posted.
package struct HTTPPost: Sendable {
    /// Whether TLS is used.
    package var isSecure: Bool
    /// The host, as the receiver's certificate has it; an address of IPv6 without brackets.
    package var host: String
    /// The port.
    package var port: Int
    /// Path and query.
    package var target: String
    /// The addresses that may be called: the first that takes a connection is.
    package var addresses: [InternetAddress]
    /// Headers, which have been looked at: no line has an end in it.
    package var headers: [(name: String, value: String)]
    /// The body.
    package var body: [UInt8]
    /// File of the CAs that the receiver's certificate is to be from; nil for those of the system.
    package var trustPath: String?
    /// Time for all of it, in milliseconds.
    package var milliseconds: Int

    /// Describes one.
    package init(
        isSecure: Bool,
        host: String,
        port: Int,
        target: String,
        addresses: [InternetAddress],
        headers: [(name: String, value: String)],
        body: [UInt8],
        trustPath: String?,
        milliseconds: Int = DeliveryLimits.answerMilliseconds
    ) {
        (self.isSecure, self.host, self.port, self.target) = (isSecure, host, port, target)
        (self.addresses, self.headers, self.body) = (addresses, headers, body)
        (self.trustPath, self.milliseconds) = (trustPath, milliseconds)
    }

    /// What came back.
    package struct Answer: Sendable, Equatable {
        /// The status.
        package let status: Int
        /// The header Retry-After, as it came.
        package let retryAfter: String?

        /// Makes one.
        package init(status: Int, retryAfter: String?) {
            (self.status, self.retryAfter) = (status, retryAfter)
        }
    }

    /// Posts it, and waits for the answer. Never called on an event loop.
    package func send() throws(SendFailure) -> Answer {
        guard let handle = CurlHandle() else { throw .notMade }
        let shown = host.contains(":") ? "[\(host)]" : host
        handle.set(CURLOPT_PROTOCOLS_STR, isSecure ? "https" : "http")
        handle.set(CURLOPT_URL, "\(isSecure ? "https" : "http")://\(shown):\(port)\(target)")
        let called = addresses.map(\.connectText).joined(separator: ",")
        handle.set(CURLOPT_RESOLVE, ["\(host):\(port):\(called)"])
        handle.set(CURLOPT_PATH_AS_IS, 1)
        handle.set(CURLOPT_FOLLOWLOCATION, 0)
        handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        handle.set(CURLOPT_POST, 1)
        handle.set(body: body)
        // Without an interim answer that it is to be sent.
        handle.set(CURLOPT_HTTPHEADER, headers.map { "\($0.name): \($0.value)" } + ["Expect:"])
        handle.setTrust(trustPath)
        handle.setTime(milliseconds: milliseconds)
        let reader = AnswerReader()
        return try withExtendedLifetime(reader) { () throws(SendFailure) in
            handle.onAnswer(
                head: AnswerReader.takeHead,
                body: AnswerReader.takeBody,
                Unmanaged.passUnretained(reader).toOpaque()
            )
            let code = handle.perform()
            // What comes behind a whole head changes nothing: neither its end nor its want of one.
            if let answer = reader.answer { return answer }
            throw code == CURLE_OK ? .noAnswer : SendFailure(code)
        }
    }
}

extension InternetAddress {
    /// As libcurl is told it.
    var connectText: String {
        if let number = version4 {
            return (0..<4).map { "\(number >> (24 - 8 * UInt32($0)) & 0xFF)" }
                .joined(separator: ".")
        }
        let groups = [high, low].flatMap { half in
            (0..<4).map { String(half >> (48 - 16 * UInt64($0)) & 0xFFFF, radix: 16) }
        }
        return "[\(groups.joined(separator: ":"))]"
    }
}
