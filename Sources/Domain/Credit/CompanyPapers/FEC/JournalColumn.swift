// SPDX-License-Identifier: Apache-2.0

// The columns of a journal of entries (fichier des écritures comptables), found by their names.
// Source: article A47 A-1 of the Livre des procédures fiscales; aliases as seen in exports.

internal import CreditFacts

/// A column of a journal of entries.
enum JournalColumn: Int, CaseIterable, Sendable {
    case journalCode, journalLabel, entryNumber, entryDate, account, accountLabel, thirdParty,
        thirdPartyLabel, pieceReference, pieceDate, label, debit, credit, amount, sense, lettering,
        letteringDate, validationDate, currencyAmount, currency, paymentDate, paymentMode,
        operationNature, customer, dueDate

    /// The name, as the rules write it.
    var name: String { Self.names[rawValue][0] }

    /// The column of a name, written in any case, with accents or without, with blanks or marks
    /// between its words or without.
    init?(_ name: String) {
        let plain = FrenchText.folded(name).filter { $0.isLetter || $0.isNumber }
        guard
            let place = Self.names.firstIndex(where: { names in
                names.contains { $0.lowercased() == plain }
            })
        else { return nil }
        self.init(rawValue: place)
    }

    private static let names: [[String]] = [
        ["JournalCode"], ["JournalLib"], ["EcritureNum"], ["EcritureDate"], ["CompteNum"],
        ["CompteLib"], ["CompAuxNum", "CompteAuxNum"], ["CompAuxLib", "CompteAuxLib"],
        ["PieceRef"], ["PieceDate"], ["EcritureLib"], ["Debit"], ["Credit"], ["Montant"], ["Sens"],
        ["EcritureLet"], ["DateLet"], ["ValidDate"], ["Montantdevise"], ["Idevise"], ["DateRglt"],
        ["ModeRglt"], ["NatOp"], ["IdClient"], ["DateEcheance"],
    ]

    /// Those without which nothing can be read; amounts come on top, in one of two ways.
    static let required: [JournalColumn] = [
        .journalCode, .entryNumber, .entryDate, .account, .pieceReference, .pieceDate, .label,
    ]
}

/// Where the columns of a journal stand.
struct JournalHeader: Sendable {
    /// The column of each place; nil for those that are not used.
    let columns: [JournalColumn?]
    /// Names of the columns that are not used.
    let extra: [String]
    /// Names that stand twice; the first one counts.
    let repeated: [String]
    private let places: [Int]

    /// Finds the columns by the names of a header. A last name that is empty is the separator at
    /// the end of each line.
    init(names: [String]) {
        var columns: [JournalColumn?] = []
        var places = [Int](repeating: -1, count: JournalColumn.allCases.count)
        var extra: [String] = []
        var repeated: [String] = []
        for (place, name) in names.enumerated() {
            guard let column = JournalColumn(name) else {
                if !name.isEmpty { extra.append(name) }
                columns.append(nil)
                continue
            }
            if places[column.rawValue] >= 0 {
                repeated.append(name)
                columns.append(nil)
                continue
            }
            places[column.rawValue] = place
            columns.append(column)
        }
        (self.columns, self.places, self.extra) = (columns, places, extra)
        self.repeated = repeated
    }

    /// Where a column stands; nil if there is none.
    func place(_ column: JournalColumn) -> Int? {
        let place = places[column.rawValue]
        return place < 0 ? nil : place
    }

    /// Columns that are missing, by name.
    var missing: [String] {
        var missing = JournalColumn.required.filter { place($0) == nil }.map(\.name)
        let hasSides = place(.debit) != nil && place(.credit) != nil
        let hasAmount = place(.amount) != nil && place(.sense) != nil
        if !hasSides, !hasAmount { missing.append("Debit and Credit, or Montant and Sens") }
        return missing
    }
}
