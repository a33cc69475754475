// SPDX-License-Identifier: Apache-2.0

// Addresses of mail, read more strictly than RFC 5321 does: nothing that a relay could take for
// more than one address, or for the end of a line.

package import ServiceErrors
internal import VigieLimits

/// An address of mail.
package struct MailAddress: Sendable, Equatable, Hashable {
    /// The address.
    package let text: String

    private static let marks = Set("!#$%&'*+-/=?^_`{|}~.".utf8)

    /// Reads an address such as `credit@example.com`.
    ///
    /// - Throws: Why it is none.
    package init(_ text: String, field: String = "address") throws(ServiceError) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= DeliveryLimits.mailAddressBytes, parts.count == 2,
            Self.isLocal(parts[0]), Self.isDomain(parts[1])
        else {
            throw .invalid(
                field,
                "MAIL_ADDRESS_INVALID",
                "\(field) is no address of mail; write it as credit@example.com, with plain "
                    + "letters and in at most \(DeliveryLimits.mailAddressBytes) bytes "
                    + "(mailAddressBytes)."
            )
        }
        self.text = text
    }

    private static func isLocal(_ text: Substring) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                isPlain(byte) || marks.contains(byte)
            } && !text.hasPrefix(".") && !text.hasSuffix(".") && !text.contains("..")
    }

    private static func isDomain(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { isPlain($0) || $0 == UInt8(ascii: "-") }
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
}
