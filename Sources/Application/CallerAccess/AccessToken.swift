// SPDX-License-Identifier: Apache-2.0

// Tokens: 256 random bits that are shown once, and of which a file keeps the SHA-256 only. So many
// bits need no slow hash: nobody guesses them.

internal import COpenSSL
internal import Digests
internal import Documents
package import Quantities
package import ServiceErrors
internal import VigieLimits

/// A token as its file has it.
package struct AccessToken: Sendable, Hashable {
    /// Tells it apart: its first letters in the file, nothing of the token.
    package let identifier: String
    /// SHA-256 of the token's text, in lower-case hexadecimal.
    package let sha256: String
    /// Whose it is.
    package let identity: String
    /// What he may.
    package let grant: Grant
    /// The day it was made.
    package let created: CalendarDate
    /// The day after which it no longer counts; nil for never.
    package let expires: CalendarDate?

    /// What all tokens begin with, so that programs which look for secrets find one.
    package static let prefix = "vigie_"

    /// Makes a token.
    ///
    /// - Returns: The token, and its text, which nothing keeps.
    /// - Throws: INTERNAL when the system gives no random bits.
    package static func make(
        identity: String,
        grant: Grant,
        created: CalendarDate,
        expires: CalendarDate?
    ) throws(ServiceError) -> (token: AccessToken, text: String) {
        let text = prefix + Base64.addresses.text(try random(32))
        let token = AccessToken(
            identifier: Digest.hexadecimal(try random(4)),
            sha256: digest(Array(text.utf8)),
            identity: identity,
            grant: grant,
            created: created,
            expires: expires
        )
        return (token, text)
    }

    private static func random(_ count: Int) throws(ServiceError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&bytes, Int32(count)) == 1 else {
            throw ServiceError(.internalError, "NO_RANDOM_BITS", "OpenSSL gives no random bits.")
        }
        return bytes
    }

    /// SHA-256 in lower-case hexadecimal.
    static func digest(_ bytes: [UInt8]) -> String { Digest.hexadecimal(Digest.sha256(bytes)) }
}
