// SPDX-License-Identifier: Apache-2.0

// What is wrong with an identifier, told by its place.

/// A text that is no identifier of its kind.
package struct IdentifierError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Kinds of fault.
    package enum Fault: Sendable, Equatable {
        /// Too few characters or too many, blanks between groups not counted.
        case length(Int)
        /// A character that cannot stand at its place, the first being 0.
        case character(place: Int)
        /// The characters that check the others do not fit them.
        case check
    }

    /// What identifier it should be, such as "SIREN".
    package let identifier: String
    /// What one looks like, such as "9 digits".
    package let form: String
    /// What is wrong.
    package let fault: Fault

    /// What is wrong, in one sentence.
    package var description: String {
        switch fault {
        case .length(let count):
            "This is no \(identifier), which has \(form): it has \(count)."
        case .character(let place):
            "This is no \(identifier), which has \(form): character \(place + 1) cannot be there."
        case .check:
            "This is no \(identifier): its check digits do not fit, so that some character is "
                + "wrong or two are exchanged."
        }
    }
}

/// How the texts of one kind of identifier are written.
struct IdentifierForm {
    let identifier: String
    let form: String
    /// Lengths of the groups between which one blank may stand.
    let groups: [Int]

    /// The characters of a text without the blanks between groups; all of them ASCII.
    ///
    /// A blank is a space, a no-break space (U+00A0) or a narrow one (U+202F), as French
    /// typography has it. There may be one at each border between groups, and none elsewhere.
    func characters(
        _ text: String,
        isAllowed: (_ place: Int, _ character: UInt8) -> Bool
    ) throws(IdentifierError) -> [UInt8] {
        let length = groups.reduce(0, +)
        var borders: Set<Int> = []
        var border = 0
        for group in groups.dropLast() {
            border += group
            borders.insert(border)
        }
        var characters: [UInt8] = []
        var excess = 0
        for (place, scalar) in text.unicodeScalars.enumerated() {
            if [0x20, 0xA0, 0x202F].contains(scalar.value), borders.remove(characters.count) != nil
            {
                continue
            }
            guard characters.count < length else {
                excess += 1
                continue
            }
            guard scalar.isASCII,
                isAllowed(characters.count, UInt8(truncatingIfNeeded: scalar.value))
            else { throw error(.character(place: place)) }
            characters.append(UInt8(truncatingIfNeeded: scalar.value))
        }
        guard characters.count == length, excess == 0 else {
            throw error(.length(characters.count + excess))
        }
        return characters
    }

    /// An error of this kind of identifier.
    func error(_ fault: IdentifierError.Fault) -> IdentifierError {
        IdentifierError(identifier: identifier, form: form, fault: fault)
    }
}

/// The check of ISO/IEC 7812-1, annex B, which H. P. Luhn described in US patent 2,950,048: from
/// the right, every second digit counts double, less 9 above 9; all of it is a multiple of 10. Any
/// one wrong digit is found, and any two neighbours exchanged except 0 and 9.
func passesLuhn(_ digits: [UInt8]) -> Bool {
    var sum = 0
    for (place, digit) in digits.reversed().enumerated() {
        let value = Int(digit) - 0x30
        let counted = place % 2 == 0 ? value : value * 2
        sum += counted > 9 ? counted - 9 : counted
    }
    return sum % 10 == 0
}

/// Whether a byte is an ASCII digit.
func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
