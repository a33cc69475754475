// SPDX-License-Identifier: Apache-2.0

// A message of mail handed to a relay (RFC 6409), always by TLS: STARTTLS must succeed, or TLS is
// there from the first byte.

internal import CCurl
package import NetworkAddresses
internal import VigieLimits

/// The relay that mail is handed to.
package struct MailRelay: Sendable, Equatable {
    /// Its host.
    package let host: String
    /// Its port.
    package let port: Int
    /// Whether TLS begins with the connection (RFC 8314); otherwise STARTTLS begins it.
    package let isTLSFromTheStart: Bool
    /// Who logs in, with what; nil for nobody.
    package var login: Login?
    /// Whose mail it is.
    package var sender = ""
    /// File of the CAs that the relay's certificate is to be from; nil for those of the system.
    package var trustPath: String?

    /// A user and his password.
    package struct Login: Sendable, Equatable, CustomStringConvertible {
        let user: String
        let password: String

        /// Takes both.
        package init(user: String, password: String) {
            (self.user, self.password) = (user, password)
        }

        /// Never the password, so that no log has it.
        package var description: String { "a login" }
    }

    private static let starting = AddressForm.calling(
        defaultPort: 587,
        takesPaths: false,
        example: "smtp://relay.example.com:587"
    )
    private static let secure = AddressForm.calling(
        defaultPort: 465,
        takesPaths: false,
        example: "smtps://relay.example.com:465"
    )

    /// Reads `smtp://host:587` or `smtps://host:465`.
    package init(_ text: String) throws(AddressProblem) {
        isTLSFromTheStart = text.hasPrefix("smtps://")
        guard isTLSFromTheStart || text.hasPrefix("smtp://") else {
            throw AddressProblem(
                "it begins with neither smtp:// nor smtps://; write smtp://relay.example.com:587"
            )
        }
        let rest = String(text.dropFirst(isTLSFromTheStart ? 8 : 7))
        let form = isTLSFromTheStart ? Self.secure : Self.starting
        let address = try form.address(rest)
        (host, port) = (address.host, address.port)
    }

    /// What is wrong with a text as the address of a relay; nil when nothing is.
    package static func problem(_ text: String) -> String? {
        do throws(AddressProblem) { _ = try MailRelay(text) } catch { return error.description }
        return nil
    }
}

/// A message that is handed over.
package struct MailSubmission: Sendable {
    private let receiver: String
    private let message: [UInt8]

    /// Takes an address that was looked at, and a whole message with lines that end in CR and LF.
    package init(to receiver: String, _ message: [UInt8]) {
        (self.receiver, self.message) = (receiver, message)
    }

    /// Hands it over, and waits for the answer. Never called on an event loop.
    ///
    /// - Returns: The code of the relay: 250 when it took the message.
    package func send(
        by relay: MailRelay,
        milliseconds: Int = DeliveryLimits.answerMilliseconds
    ) throws(SendFailure) -> Int {
        guard let handle = CurlHandle() else { throw .notMade }
        let scheme = relay.isTLSFromTheStart ? "smtps" : "smtp"
        let shown = relay.host.contains(":") ? "[\(relay.host)]" : relay.host
        handle.set(CURLOPT_PROTOCOLS_STR, scheme)
        // What follows the slash is whom we say we are.
        let ours = relay.sender.split(separator: "@").last.map(String.init) ?? "localhost"
        handle.set(CURLOPT_URL, "\(scheme)://\(shown):\(relay.port)/\(ours)")
        handle.set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue))
        handle.setTrust(relay.trustPath)
        if let login = relay.login {
            handle.set(CURLOPT_USERNAME, login.user)
            handle.set(CURLOPT_PASSWORD, login.password)
        }
        handle.set(CURLOPT_MAIL_FROM, "<\(relay.sender)>")
        handle.set(CURLOPT_MAIL_RCPT, ["<\(receiver)>"])
        handle.set(CURLOPT_UPLOAD, 1)
        handle.setTime(milliseconds: milliseconds)
        let upload = Upload(message)
        return try withExtendedLifetime(upload) { () throws(SendFailure) in
            let context = Unmanaged.passUnretained(upload).toOpaque()
            handle.onUpload(Upload.give, context)
            handle.onAnswer(head: Upload.ignore, body: Upload.ignore, context)
            let code = handle.perform()
            if code == CURLE_OK { return 250 }
            let answered = handle.responseCode
            // A login that is refused is ours to mend, not the receiver's.
            guard (400...599).contains(answered), code != CURLE_LOGIN_DENIED,
                code != CURLE_USE_SSL_FAILED
            else { throw SendFailure(code) }
            return answered
        }
    }
}

/// Bytes that are asked for in parts.
private final class Upload {
    private let bytes: [UInt8]
    private var given = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    static let give: vigie_curl_taker = { target, size, count, context in
        guard let target, let context else { return 0 }
        let upload = Unmanaged<Upload>.fromOpaque(context).takeUnretainedValue()
        let part = min(size * count, upload.bytes.count - upload.given)
        upload.bytes[upload.given..<upload.given + part].withUnsafeBytes { source in
            UnsafeMutableRawBufferPointer(start: target, count: part).copyMemory(from: source)
        }
        upload.given += part
        return part
    }

    static let ignore: vigie_curl_taker = { _, size, count, _ in size * count }
}
