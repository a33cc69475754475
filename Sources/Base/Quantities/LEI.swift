// SPDX-License-Identifier: Apache-2.0

// Legal entity identifiers.

/// The identifier of a legal entity: 18 capital letters and digits, and two check digits.
///
/// Source: ISO 17442-1:2020. The check is MOD 97-10 of ISO/IEC 7064: with letters as the numbers 10
/// to 35, the whole is a number that leaves 1 when divided by 97.
package struct LEI: Sendable, Hashable, CustomStringConvertible {
    /// The twenty characters.
    package let description: String

    private static let form = IdentifierForm(
        identifier: "LEI",
        form: "18 capital letters or digits and 2 digits",
        groups: [20]
    )

    /// Reads twenty characters, without blanks.
    package init(_ text: String) throws(IdentifierError) {
        let characters = try Self.form.characters(text) { place, character in
            isDigit(character) || (place < 18 && character >= 0x41 && character <= 0x5A)
        }
        var remainder = 0
        for character in characters {
            remainder =
                isDigit(character)
                ? (remainder * 10 + Int(character) - 0x30) % 97
                : (remainder * 100 + Int(character) - 0x41 + 10) % 97
        }
        guard remainder == 1 else { throw Self.form.error(.check) }
        description = String(decoding: characters, as: UTF8.self)
    }
}
