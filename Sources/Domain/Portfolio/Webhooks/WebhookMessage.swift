// SPDX-License-Identifier: Apache-2.0

// A message to an endpoint, and its headers by Standard Webhooks 1.0.0: the identifier stays the
// same however often it is sent, so that a receiver can act once; the time is that of each try.

internal import Digests
package import ServiceErrors
internal import VigieLimits

/// A message to be sent.
package struct WebhookMessage: Sendable, Equatable {
    /// The names of its headers.
    package enum Header {
        /// The identifier.
        package static let identifier = "webhook-id"
        /// When it was sent, in seconds since 1970.
        package static let timestamp = "webhook-timestamp"
        /// Signatures, with blanks between.
        package static let signature = "webhook-signature"
    }

    /// What tells it from all others.
    package let identifier: String
    /// What is said.
    package let body: [UInt8]

    /// Takes identifier and body.
    ///
    /// - Throws: Why it cannot be sent.
    package init(identifier: String, body: [UInt8]) throws(ServiceError) {
        guard Self.isIdentifier(identifier) else {
            throw .invalid(
                "id",
                "WEBHOOK_ID_INVALID",
                "An identifier of a message has 1 to \(WebhookLimits.identifierBytes) letters, "
                    + "digits, hyphens and underscores: a dot would end it where it is signed."
            )
        }
        guard body.count <= WebhookLimits.bodyBytes else {
            throw .overLimit(
                "body",
                "bodyBytes",
                "The body has \(body.count) bytes; say less, and let receivers ask for the rest.",
                value: body.count,
                maximum: WebhookLimits.bodyBytes
            )
        }
        (self.identifier, self.body) = (identifier, body)
    }

    static func isIdentifier(_ text: String) -> Bool {
        (1...WebhookLimits.identifierBytes).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
    }

    /// The headers of a try.
    ///
    /// - Parameters:
    ///   - seconds: When it is sent, in seconds since 1970.
    ///   - secrets: Those of the endpoint: while they are changed, the new one and those before.
    package func headers(
        at seconds: Int64,
        _ secrets: [WebhookSecret]
    ) -> [(name: String, value: String)] {
        let signatures = secrets.map { secret in
            Self.signature(identifier, "\(seconds)", body, secret)
        }
        return [
            (Header.identifier, identifier), (Header.timestamp, "\(seconds)"),
            (Header.signature, signatures.joined(separator: " ")),
        ]
    }

    /// What stands before a signature by a secret that both have.
    static let version = "v1,"

    static func signature(
        _ identifier: String,
        _ timestamp: String,
        _ body: [UInt8],
        _ secret: WebhookSecret
    ) -> String {
        let signed = Array("\(identifier).\(timestamp).".utf8) + body
        return version + Base64.plain.text(Digest.hmacSHA256(signed, key: secret.bytes))
    }
}
