// SPDX-License-Identifier: Apache-2.0

// Numbers of French companies and their establishments, and the VAT number of a company.

/// The number of a legal unit in the French directory Sirene: nine digits, the last of which checks
/// the others by Luhn's algorithm.
///
/// Source: Code de commerce, R123-221 (the identification number of the directory) and INSEE,
/// "Définitions: Numéro SIREN".
package struct SIREN: Sendable, Hashable, CustomStringConvertible {
    /// The nine digits as a number.
    package let number: UInt32

    private static let form = IdentifierForm(
        identifier: "SIREN",
        form: "9 digits",
        groups: [3, 3, 3]
    )

    /// Reads nine digits without blanks; nil for any other text, of which the reader of texts says
    /// what is wrong. It makes no text.
    package init?(digits bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 9, let number = checkedNumber(bytes) else { return nil }
        self.init(number: UInt32(truncatingIfNeeded: number))
    }

    /// Reads nine digits, with a blank after the third and the sixth or without.
    package init(_ text: String) throws(IdentifierError) {
        if text.utf8.count == 9, let number = checkedNumber(text.utf8) {
            self.init(number: UInt32(truncatingIfNeeded: number))
            return
        }
        let digits = try Self.form.characters(text) { _, character in isDigit(character) }
        guard passesLuhn(digits) else { throw Self.form.error(.check) }
        self.init(digits: digits)
    }

    init(digits: some Sequence<UInt8>) {
        self.init(number: digits.reduce(0) { $0 * 10 + UInt32($1 - 0x30) })
    }

    /// Takes a number; nil for one that the last digit does not check.
    package init?(checking number: UInt32) {
        guard number > 0, number < 1_000_000_000 else { return nil }
        var (rest, sum, isDoubled) = (number, UInt32(0), false)
        while rest > 0 {
            let digit = rest % 10
            rest /= 10
            sum += isDoubled ? (digit < 5 ? 2 * digit : 2 * digit - 9) : digit
            isDoubled.toggle()
        }
        guard sum % 10 == 0 else { return nil }
        self.number = number
    }

    private init(number: UInt32) { self.number = number }

    /// The nine digits.
    package var description: String { padded(UInt64(number), to: 9) }

    /// The company's VAT number in France: "FR", a key of two digits, and the SIREN.
    ///
    /// The key is (12 + 3 × (SIREN mod 97)) mod 97: Bulletin officiel des finances publiques,
    /// BOI-TVA-DECLA-20-10-20, "Numéro individuel d'identification". Companies whose key has
    /// letters are not known to this rule.
    package var vatNumber: String {
        "FR" + padded(UInt64((12 + 3 * (number % 97)) % 97), to: 2) + description
    }

    /// Reads a French VAT number with a numeric key, with blanks before and behind the key and
    /// in the SIREN or without.
    ///
    /// - Throws: Also when the key does not fit the SIREN.
    package init(vatNumber text: String) throws(IdentifierError) {
        let form = IdentifierForm(
            identifier: "French VAT number",
            form: "\"FR\", 2 digits and a SIREN of 9",
            groups: [2, 2, 3, 3, 3]
        )
        let characters = try form.characters(text) { place, character in
            switch place {
            case 0: character == UInt8(ascii: "F")
            case 1: character == UInt8(ascii: "R")
            default: isDigit(character)
            }
        }
        self.init(digits: characters.dropFirst(4))
        guard passesLuhn(Array(characters.dropFirst(4))),
            vatNumber == String(decoding: characters, as: UTF8.self)
        else { throw form.error(.check) }
    }
}

/// The number of an establishment: the SIREN of its company, and five digits (NIC), the last of
/// which makes all fourteen fit Luhn's algorithm.
///
/// Establishments of La Poste (SIREN 356000000) are more than that leaves numbers for: theirs are
/// right also when the plain sum of all digits is a multiple of 5. Source: INSEE, "Définitions:
/// Numéro SIRET", and its note on the check of La Poste's numbers.
package struct SIRET: Sendable, Hashable, CustomStringConvertible {
    /// The fourteen digits as a number.
    package let number: UInt64
    /// The company.
    package let siren: SIREN

    private static let form = IdentifierForm(
        identifier: "SIRET",
        form: "14 digits",
        groups: [3, 3, 3, 5]
    )

    /// Reads fourteen digits, with a blank after the third, the sixth and the ninth or without.
    package init(_ text: String) throws(IdentifierError) {
        let digits = try Self.form.characters(text) { _, character in isDigit(character) }
        siren = SIREN(digits: digits.prefix(9))
        number = digits.reduce(0) { $0 * 10 + UInt64($1 - 0x30) }
        let isOfLaPoste = siren.number == 356_000_000
        let sum = digits.reduce(0) { $0 + Int($1) - 0x30 }
        guard passesLuhn(Array(digits.prefix(9))),
            passesLuhn(digits) || (isOfLaPoste && sum % 5 == 0)
        else { throw Self.form.error(.check) }
    }

    /// Reads fourteen digits without blanks; nil for any other text, and for those of La Poste that
    /// only fit its own rule. The reader of texts says what is wrong. It makes no text.
    package init?(digits bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 14, let number = checkedNumber(bytes),
            let siren = SIREN(digits: UnsafeRawBufferPointer(rebasing: bytes.prefix(9)))
        else { return nil }
        self.number = number
        self.siren = siren
    }

    /// The fourteen digits.
    package var description: String { padded(number, to: 14) }
}

/// The number of some digits, at most nineteen, that fit each other by Luhn's algorithm, as nearly
/// all do; nil for any other text.
private func checkedNumber(_ bytes: some Collection<UInt8>) -> UInt64? {
    var (number, sum): (UInt64, UInt64) = (0, 0)
    var isDoubled = bytes.count % 2 == 0
    for byte in bytes {
        guard isDigit(byte) else { return nil }
        let digit = UInt64(byte) - 0x30
        number = number * 10 + digit
        sum += isDoubled ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
        isDoubled.toggle()
    }
    return sum % 10 == 0 ? number : nil
}

/// A number with zeros before it.
private func padded(_ number: UInt64, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
