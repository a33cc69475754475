// SPDX-License-Identifier: Apache-2.0

// The number of a company in the forms in which papers have it: its own, that of an establishment,
// a VAT number. Files of the social insurance have numbers of establishments that the directory
// does not know (their last five digits begin with 5, 6, 7 or 9): the company is right, the rest is
// not.

package import Quantities

/// A company's number, with that of an establishment if it is one.
package struct CompanyNumber: Sendable, Hashable {
    /// The company.
    package let siren: SIREN
    /// The establishment; nil where the number is none of the directory's.
    package let establishment: SIRET?
    /// Whether it looks like an establishment and is none.
    package let isPseudo: Bool

    /// Reads a number; nil for what is none.
    package init?(_ text: String) {
        if let siren = (try? SIREN(text)) ?? (try? SIREN(vatNumber: text)) {
            self.init(siren, nil, isPseudo: false)
            return
        }
        let digits = text.filter { $0 != " " && $0 != "\u{A0}" }
        guard digits.utf8.count == 14, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let siren = try? SIREN(String(digits.prefix(9)))
        else { return nil }
        let isOfLaPoste = siren.number == 356_000_000
        let begins = digits.dropFirst(9).first.map { "5679".contains($0) } ?? false
        let isPseudo = begins && !isOfLaPoste
        let establishment = try? SIRET(digits)
        guard isPseudo || establishment != nil else { return nil }
        self.init(siren, isPseudo ? nil : establishment, isPseudo: isPseudo)
    }

    private init(_ siren: SIREN, _ establishment: SIRET?, isPseudo: Bool) {
        self.siren = siren
        self.establishment = establishment
        self.isPseudo = isPseudo
    }
}
