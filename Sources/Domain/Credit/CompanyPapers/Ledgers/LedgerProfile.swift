// SPDX-License-Identifier: Apache-2.0

// How an export of a ledger is read, as data: which columns mean what, how dates and amounts are
// written, which lines are none. A new layout needs a new profile, and no code.

internal import CCreditData
internal import Documents

/// What a column of a ledger can mean.
package enum LedgerField: Int, Sendable, CaseIterable {
    case customer, name, siren, reference, document, kind, issued, booked, due, amount, debit
    case credit, sign, open, paid, credited, paidOn, matching, matchedTo, state, currency, account
    case doubtful

    /// The fields as profiles call them, in the order of the cases.
    package static let names = """
        customer name siren reference document kind issued booked due amount debit credit sign \
        open paid credited paid_on matching matched_to state currency account doubtful
        """
        .split(separator: " ").map(String.init)

    /// The field of a name.
    init?(named name: String) {
        guard let place = Self.names.firstIndex(of: name) else { return nil }
        self.init(rawValue: place)
    }
}

/// What a line of a ledger is.
enum LedgerKind: UInt8 {
    case unknown, invoice, creditNote, payment
}

/// In which order day and month stand.
package enum DateOrder: Sendable {
    case dayFirst, monthFirst
}

/// How a kind of export is read.
package struct LedgerProfile: Sendable {
    /// What it is called.
    package let name: String
    /// What it reads, for people.
    package let description: String
    /// The order of day and month; nil if the file has to tell.
    let dates: DateOrder?
    /// The decimal mark; nil if the file has to tell.
    let decimal: UInt8?
    /// Names of columns by field, made plain, the preferred one first.
    let columns: [[String]]
    /// Fields that must be there; of each list one of them.
    let requires: [[LedgerField]]
    /// What lines are, by the plain text of their kind.
    let kinds: [String: LedgerKind]
    /// Whether credit notes and payments are written without a minus.
    let signsByKind: Bool
    /// What says in the column of signs that an amount is a credit.
    let creditSigns: [String]
    /// States of documents that count; empty if all do but the dropped ones.
    let postedStates: [String]
    /// States of documents that do not count.
    let droppedStates: [String]
    /// What lines begin with that are no records; they have no dates either.
    let skipPrefixes: [String]
    /// What accounts begin with that are none of customers.
    let leftOutAccounts: [String]
    /// The field that payments have empty and credit notes do not, where no kind tells.
    let paymentsLack: LedgerField?

    /// The profiles that come with the product.
    package static let standard: [LedgerProfile] = {
        let table = vigie_ledger_profiles
        let bytes = UnsafeRawBufferPointer(start: table.bytes, count: table.count)
        return (try? read(json: Array(bytes))) ?? []
    }()

    /// Names of columns and values in one form: small letters, no accents, no marks.
    static func plain(_ text: String) -> String {
        let letters = FrenchText.folded(text).unicodeScalars.map { scalar -> Character in
            let isKept =
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || scalar == "°" || scalar == "#" || scalar == "*"
            return isKept ? Character(scalar) : " "
        }
        return String(letters).split(separator: " ").joined(separator: " ")
    }

    /// Whether a line is skipped for how it begins.
    func skips(_ start: String) -> Bool {
        if start.unicodeScalars.first == "*" { return true }
        if skipPrefixes.isEmpty { return false }
        let plain = Self.plain(start)
        return skipPrefixes.contains { plain.hasPrefix($0) }
    }
}
