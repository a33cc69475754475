// SPDX-License-Identifier: Apache-2.0

// Characters that no text of a policy or of a company can have: XML has no place for them, and
// whoever looks at a cell does not see them.

extension String {
    /// The first such character, as people name it; nil without one.
    package var unwritable: String? {
        let scalar = unicodeScalars.first { scalar in
            scalar.value < 0x20 && ![0x09, 0x0A, 0x0D].contains(scalar.value)
                || [0xFFFE, 0xFFFF].contains(scalar.value)
        }
        guard let scalar else { return nil }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }

    /// What is wrong with a cell that has one, in words without a full stop; nil without one.
    package var unwritableFault: String? {
        unwritable.map { "has a character that is none of a text (U+\($0)); write the cell again" }
    }
}
