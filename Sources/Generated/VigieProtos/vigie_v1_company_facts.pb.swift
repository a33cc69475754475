// SPDX-License-Identifier: Apache-2.0
// swift-format-ignore-file
//
// Written by Tests/Support/swift_messages.py from vigie/v1/company_facts.proto; do not edit.

package import ProtobufCoding

/// Whose book says what a company owes.
package enum Vigie_V1_LedgerOwner: Sendable, Equatable {
    /// Same as LEDGER_OWNER_COMPANY.
    case unspecified
    /// Its own book of suppliers, or lists of several creditors: what it owes to anybody.
    case company
    /// The customers' ledger of whoever follows it: what it owes to him. Then receivable,
    /// sales and receivable_credits are empty.
    case creditor
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .company, .creditor]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .company
        case 2: self = .creditor
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .company: 1
        case .creditor: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Which form a statement was made on.
package enum Vigie_V1_StatementForm: Sendable, Equatable {
    /// Same as STATEMENT_FORM_COMPLETE.
    case unspecified
    /// Complete (2050 and following).
    case complete
    /// Simplified (2033).
    case simplified
    /// Of a group, on the complete form; shown apart, never scored.
    case consolidated
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .complete, .simplified, .consolidated]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .complete
        case 2: self = .simplified
        case 3: self = .consolidated
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .complete: 1
        case .simplified: 2
        case .consolidated: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Rules of accounting; amounts across them cannot be compared.
package enum Vigie_V1_AccountingRules: Sendable, Equatable {
    /// By the dates of the year.
    case unspecified
    /// The French general plan of accounts until 2024.
    case plan2024
    /// With regulation ANC 2022-06, for years that begin in 2025 or, by choice, 2024.
    case plan2025
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .plan2024, .plan2025]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .plan2024
        case 2: self = .plan2025
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .plan2024: 1
        case .plan2025: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// A kind of event in the legal life of a company.
package enum Vigie_V1_LegalEventKind: Sendable, Equatable {
    /// Not a valid choice.
    case unspecified
    /// Safeguard proceedings are opened, of any form.
    case sauvegardeOpened
    /// The proceedings of law 2021-689 (way out of the crisis) are opened.
    case sortieDeCriseOpened
    /// Reorganisation (redressement judiciaire) is opened.
    case rjOpened
    /// Proceedings become a reorganisation.
    case convertedToRj
    /// Liquidation is opened.
    case ljOpened
    /// Proceedings become a liquidation.
    case convertedToLj
    /// A liquidation that was closed goes on.
    case ljReopened
    /// Another company's proceedings are extended to this one.
    case extended
    /// A plan is adopted.
    case planAdopted
    /// The business is sold; the proceedings go on.
    case planCessionAdopted
    /// A plan is changed.
    case planModified
    /// A plan ends because it is not kept, and nothing is said of what follows.
    case planResolved
    /// A plan ends because it is not kept, and reorganisation follows.
    case planResolvedRj
    /// A plan ends because it is not kept, and liquidation follows.
    case planResolvedLj
    /// Safeguard or reorganisation ends, the company goes on.
    case procedureEnded
    /// Closed, all debts paid.
    case closedPaid
    /// Closed, assets not sufficient.
    case closedInsufficientAssets
    /// Closed, and not said why.
    case closedUnspecified
    /// A court of appeal reverses a decision.
    case appealReversed
    /// Another decision of a court of appeal, which somebody has to read.
    case appealOther
    /// A judgment that does not tell what it does; somebody has to read it.
    case unclear
    /// The date from which the company could not pay is changed.
    case cessationDateChanged
    /// Administrators, liquidators or judges are named.
    case organsNamed
    /// More time for the list of claims.
    case deadlineExtended
    /// A list was deposited.
    case depositNotice
    /// A person may not manage companies; says nothing of this one.
    case personalSanction
    /// Proceedings of a person as such, not of a company.
    case notCompanyInsolvency
    /// Struck off the register.
    case struckOff
    /// A strike-off is taken back.
    case strikeOffWithdrawn
    /// Entered in the register, for the first time or again.
    case registered
    /// The owners dissolve the company.
    case voluntaryDissolution
    /// The seat moved; old notices look like a strike-off.
    case seatMoved
    /// Accounts were deposited.
    case accountsDeposited
    /// The business, or a part of it, was sold.
    case businessSold
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .sauvegardeOpened, .sortieDeCriseOpened, .rjOpened, .convertedToRj, .ljOpened, .convertedToLj, .ljReopened, .extended, .planAdopted, .planCessionAdopted, .planModified, .planResolved, .planResolvedRj, .planResolvedLj, .procedureEnded, .closedPaid, .closedInsufficientAssets, .closedUnspecified, .appealReversed, .appealOther, .unclear, .cessationDateChanged, .organsNamed, .deadlineExtended, .depositNotice, .personalSanction, .notCompanyInsolvency, .struckOff, .strikeOffWithdrawn, .registered, .voluntaryDissolution, .seatMoved, .accountsDeposited, .businessSold]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .sauvegardeOpened
        case 2: self = .sortieDeCriseOpened
        case 3: self = .rjOpened
        case 4: self = .convertedToRj
        case 5: self = .ljOpened
        case 6: self = .convertedToLj
        case 7: self = .ljReopened
        case 8: self = .extended
        case 9: self = .planAdopted
        case 10: self = .planCessionAdopted
        case 11: self = .planModified
        case 12: self = .planResolved
        case 13: self = .planResolvedRj
        case 14: self = .planResolvedLj
        case 15: self = .procedureEnded
        case 16: self = .closedPaid
        case 17: self = .closedInsufficientAssets
        case 18: self = .closedUnspecified
        case 19: self = .appealReversed
        case 20: self = .appealOther
        case 21: self = .unclear
        case 22: self = .cessationDateChanged
        case 23: self = .organsNamed
        case 24: self = .deadlineExtended
        case 25: self = .depositNotice
        case 26: self = .personalSanction
        case 27: self = .notCompanyInsolvency
        case 28: self = .struckOff
        case 29: self = .strikeOffWithdrawn
        case 30: self = .registered
        case 31: self = .voluntaryDissolution
        case 32: self = .seatMoved
        case 33: self = .accountsDeposited
        case 34: self = .businessSold
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .sauvegardeOpened: 1
        case .sortieDeCriseOpened: 2
        case .rjOpened: 3
        case .convertedToRj: 4
        case .ljOpened: 5
        case .convertedToLj: 6
        case .ljReopened: 7
        case .extended: 8
        case .planAdopted: 9
        case .planCessionAdopted: 10
        case .planModified: 11
        case .planResolved: 12
        case .planResolvedRj: 13
        case .planResolvedLj: 14
        case .procedureEnded: 15
        case .closedPaid: 16
        case .closedInsufficientAssets: 17
        case .closedUnspecified: 18
        case .appealReversed: 19
        case .appealOther: 20
        case .unclear: 21
        case .cessationDateChanged: 22
        case .organsNamed: 23
        case .deadlineExtended: 24
        case .depositNotice: 25
        case .personalSanction: 26
        case .notCompanyInsolvency: 27
        case .struckOff: 28
        case .strikeOffWithdrawn: 29
        case .registered: 30
        case .voluntaryDissolution: 31
        case .seatMoved: 32
        case .accountsDeposited: 33
        case .businessSold: 34
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Collective proceedings of French law.
package enum Vigie_V1_Proceeding: Sendable, Equatable {
    /// The notice names none.
    case unspecified
    /// Safeguard.
    case sauvegarde
    /// Reorganisation.
    case rj
    /// Liquidation.
    case lj
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .sauvegarde, .rj, .lj]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .sauvegarde
        case 2: self = .rj
        case 3: self = .lj
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .sauvegarde: 1
        case .rj: 2
        case .lj: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// A register of companies.
package enum Vigie_V1_CompanyRegister: Sendable, Equatable {
    /// Not a valid choice.
    case unspecified
    /// The directory of companies (Sirene).
    case sirene
    /// The register of businesses (RNE).
    case rne
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .sirene, .rne]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .sirene
        case 2: self = .rne
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .sirene: 1
        case .rne: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Whether a register has a company as active.
package enum Vigie_V1_RegisterActivity: Sendable, Equatable {
    /// It does not say.
    case unspecified
    /// Active.
    case active
    /// Ceased.
    case ceased
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .active, .ceased]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .active
        case 2: self = .ceased
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .active: 1
        case .ceased: 2
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// Where a due date comes from; a weaker source lowers the confidence.
package enum Vigie_V1_DueSource: Sendable, Equatable {
    /// Not known.
    case unspecified
    /// The invoice or the ledger.
    case column
    /// Terms that were agreed with this customer.
    case terms
    /// The legal term, for want of anything else.
    case legal
    /// A value that the proto does not have, by its number.
    case UNRECOGNIZED(Int)

    /// All values of the proto.
    package static var allCases: [Self] {
        [.unspecified, .column, .terms, .legal]
    }

    /// Makes `unspecified`.
    package init() { self = .unspecified }

    /// The value of a number.
    package init(rawValue: Int) {
        switch rawValue {
        case 0: self = .unspecified
        case 1: self = .column
        case 2: self = .terms
        case 3: self = .legal
        default: self = .UNRECOGNIZED(rawValue)
        }
    }

    /// The number of the value.
    package var rawValue: Int {
        switch self {
        case .unspecified: 0
        case .column: 1
        case .terms: 2
        case .legal: 3
        case .UNRECOGNIZED(let number): number
        }
    }

    /// Whether two values have the same number.
    package static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }
}

/// What is known of a company. Everything may be absent.
package struct Vigie_V1_CompanyFacts: ProtobufMessage {
    /// Its number in the French directory (SIREN): nine digits. Empty if unknown;
    /// needed with events and register_entries.
    package var siren: String = ""

    /// Its name. Not repeated in answers.
    package var name: String = ""

    /// Its statements, in any order.
    package var statements: Vigie_V1_StatementColumns {
        get { .only(_statements) }
        set { _statements = [newValue] }
    }
    /// Whether the message has `statements`.
    package var hasStatements: Bool { !_statements.isEmpty }
    /// Takes `statements` out of the message.
    package mutating func clearStatements() { _statements = [] }
    private var _statements: [Vigie_V1_StatementColumns] = []

    /// What filings say of the year before theirs.
    package var comparatives: Vigie_V1_StatementColumns {
        get { .only(_comparatives) }
        set { _comparatives = [newValue] }
    }
    /// Whether the message has `comparatives`.
    package var hasComparatives: Bool { !_comparatives.isEmpty }
    /// Takes `comparatives` out of the message.
    package mutating func clearComparatives() { _comparatives = [] }
    private var _comparatives: [Vigie_V1_StatementColumns] = []

    /// Filings of its accounts, with or without their statements.
    package var filings: Vigie_V1_FilingColumns {
        get { .only(_filings) }
        set { _filings = [newValue] }
    }
    /// Whether the message has `filings`.
    package var hasFilings: Bool { !_filings.isEmpty }
    /// Takes `filings` out of the message.
    package mutating func clearFilings() { _filings = [] }
    private var _filings: [Vigie_V1_FilingColumns] = []

    /// What courts and registers made known.
    package var events: Vigie_V1_EventColumns {
        get { .only(_events) }
        set { _events = [newValue] }
    }
    /// Whether the message has `events`.
    package var hasEvents: Bool { !_events.isEmpty }
    /// Takes `events` out of the message.
    package mutating func clearEvents() { _events = [] }
    private var _events: [Vigie_V1_EventColumns] = []

    /// What later notices took back.
    package var corrections: Vigie_V1_CorrectionColumns {
        get { .only(_corrections) }
        set { _corrections = [newValue] }
    }
    /// Whether the message has `corrections`.
    package var hasCorrections: Bool { !_corrections.isEmpty }
    /// Takes `corrections` out of the message.
    package mutating func clearCorrections() { _corrections = [] }
    private var _corrections: [Vigie_V1_CorrectionColumns] = []

    /// What registers say, the newest entry of each last.
    package var registerEntries: Vigie_V1_RegisterColumns {
        get { .only(_registerEntries) }
        set { _registerEntries = [newValue] }
    }
    /// Whether the message has `registerEntries`.
    package var hasRegisterEntries: Bool { !_registerEntries.isEmpty }
    /// Takes `registerEntries` out of the message.
    package mutating func clearRegisterEntries() { _registerEntries = [] }
    private var _registerEntries: [Vigie_V1_RegisterColumns] = []

    /// What it owes and owed: its book of suppliers, or what creditors tell.
    package var owed: Vigie_V1_InvoiceColumns {
        get { .only(_owed) }
        set { _owed = [newValue] }
    }
    /// Whether the message has `owed`.
    package var hasOwed: Bool { !_owed.isEmpty }
    /// Takes `owed` out of the message.
    package mutating func clearOwed() { _owed = [] }
    private var _owed: [Vigie_V1_InvoiceColumns] = []

    /// What its customers owe and owed it.
    package var receivable: Vigie_V1_InvoiceColumns {
        get { .only(_receivable) }
        set { _receivable = [newValue] }
    }
    /// Whether the message has `receivable`.
    package var hasReceivable: Bool { !_receivable.isEmpty }
    /// Takes `receivable` out of the message.
    package mutating func clearReceivable() { _receivable = [] }
    private var _receivable: [Vigie_V1_InvoiceColumns] = []

    /// Money of it, and credit notes, that belong to no invoice that it owes.
    package var unallocated: Vigie_V1_CreditColumns {
        get { .only(_unallocated) }
        set { _unallocated = [newValue] }
    }
    /// Whether the message has `unallocated`.
    package var hasUnallocated: Bool { !_unallocated.isEmpty }
    /// Takes `unallocated` out of the message.
    package mutating func clearUnallocated() { _unallocated = [] }
    private var _unallocated: [Vigie_V1_CreditColumns] = []

    /// The last day that its own book speaks of; absent without a book. What is
    /// open is looked at on that day, for what came later is not known.
    package var ledgerUntilDay: Int32 {
        get { _ledgerUntilDay ?? 0 }
        set { _ledgerUntilDay = newValue }
    }
    /// Whether the message has `ledgerUntilDay`.
    package var hasLedgerUntilDay: Bool { _ledgerUntilDay != nil }
    /// Takes `ledgerUntilDay` out of the message.
    package mutating func clearLedgerUntilDay() { _ledgerUntilDay = nil }
    private var _ledgerUntilDay: Int32?

    /// Whether records of papers about it could not be used: it lowers the
    /// confidence.
    package var hasDoubtfulPapers: Bool = false

    /// What it sold month by month, of its own book: how long receivables stand is
    /// counted by it. Without it, invoices of receivable tell, where those that were
    /// paid are there, too.
    package var sales: Vigie_V1_SalesColumns {
        get { .only(_sales) }
        set { _sales = [newValue] }
    }
    /// Whether the message has `sales`.
    package var hasSales: Bool { !_sales.isEmpty }
    /// Takes `sales` out of the message.
    package mutating func clearSales() { _sales = [] }
    private var _sales: [Vigie_V1_SalesColumns] = []

    /// Money of its customers, and credit notes to them, that belong to no invoice
    /// of receivable.
    package var receivableCredits: Vigie_V1_CreditColumns {
        get { .only(_receivableCredits) }
        set { _receivableCredits = [newValue] }
    }
    /// Whether the message has `receivableCredits`.
    package var hasReceivableCredits: Bool { !_receivableCredits.isEmpty }
    /// Takes `receivableCredits` out of the message.
    package mutating func clearReceivableCredits() { _receivableCredits = [] }
    private var _receivableCredits: [Vigie_V1_CreditColumns] = []

    /// Whose book owed and unallocated are from. A store keeps a creditor's account apart
    /// from the company's own book, and collection looks at that account alone.
    package var ledgerOwner: Vigie_V1_LedgerOwner = Vigie_V1_LedgerOwner()

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CompanyFacts" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: siren = try reader.string()
            case 18: name = try reader.string()
            case 26: try reader.boxed(&_statements)
            case 34: try reader.boxed(&_comparatives)
            case 42: try reader.boxed(&_filings)
            case 50: try reader.boxed(&_events)
            case 58: try reader.boxed(&_corrections)
            case 66: try reader.boxed(&_registerEntries)
            case 74: try reader.boxed(&_owed)
            case 82: try reader.boxed(&_receivable)
            case 90: try reader.boxed(&_unallocated)
            case 96: _ledgerUntilDay = try reader.sint32()
            case 104: hasDoubtfulPapers = try reader.bool()
            case 114: try reader.boxed(&_sales)
            case 122: try reader.boxed(&_receivableCredits)
            case 128: ledgerOwner = Vigie_V1_LedgerOwner(rawValue: try reader.enumeration())
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.string(10, siren)
        writer.string(18, name)
        writer.messages(26, _statements)
        writer.messages(34, _comparatives)
        writer.messages(42, _filings)
        writer.messages(50, _events)
        writer.messages(58, _corrections)
        writer.messages(66, _registerEntries)
        writer.messages(74, _owed)
        writer.messages(82, _receivable)
        writer.messages(90, _unallocated)
        if let value = _ledgerUntilDay {
            writer.tag(96)
            writer.sint32(value)
        }
        writer.bool(104, hasDoubtfulPapers)
        writer.messages(114, _sales)
        writer.messages(122, _receivableCredits)
        writer.enumeration(128, ledgerOwner.rawValue)
    }
}

/// Statements as columns.
package struct Vigie_V1_StatementColumns: ProtobufMessage {
    /// The day on which each year ends.
    package var closingDays: [Int32] = []

    /// Months that each covers, 1 to 36.
    package var months: [UInt32] = []

    /// The form of each. Optional: empty means COMPLETE.
    package var forms: [Vigie_V1_StatementForm] = []

    /// The rules that each follows. Optional: empty leaves it to the dates.
    package var rules: [Vigie_V1_AccountingRules] = []

    /// When each was filed. Optional: one whose day is not known counts from the
    /// end of its year.
    package var publishedDays: [Int32] = []

    /// How many lines of each follow in the next columns, statement after statement.
    package var lineCounts: [UInt32] = []

    /// The line: a place in the header's line_names, from 0. As many as all
    /// line_counts together; a line stands once in a statement.
    package var lines: [UInt32] = []

    /// The amount of each line in cents; of an asset that is written off, its gross
    /// amount. As many as lines. A line that is not there is empty on the form.
    package var cents: [Int64] = []

    /// Where each stands. Optional.
    package var papers: [UInt32] = []

    /// Where each stands. Optional.
    package var paperLines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.StatementColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.sint32s(tag, &closingDays)
            case 16, 18: try reader.uint32s(tag, &months)
            case 24: forms.append(Vigie_V1_StatementForm(rawValue: try reader.enumeration()))
            case 26:
                let outer = try reader.enter()
                while reader.hasMore {
                    forms.append(Vigie_V1_StatementForm(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 32: rules.append(Vigie_V1_AccountingRules(rawValue: try reader.enumeration()))
            case 34:
                let outer = try reader.enter()
                while reader.hasMore {
                    rules.append(Vigie_V1_AccountingRules(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 40, 42: try reader.sint32s(tag, &publishedDays)
            case 48, 50: try reader.uint32s(tag, &lineCounts)
            case 56, 58: try reader.uint32s(tag, &lines)
            case 64, 66: try reader.sint64s(tag, &cents)
            case 72, 74: try reader.uint32s(tag, &papers)
            case 80, 82: try reader.uint32s(tag, &paperLines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.sint32s(10, closingDays)
        writer.uint32s(18, months)
        if !forms.isEmpty {
            let start = writer.open(26)
            for value in forms { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        if !rules.isEmpty {
            let start = writer.open(34)
            for value in rules { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.sint32s(42, publishedDays)
        writer.uint32s(50, lineCounts)
        writer.uint32s(58, lines)
        writer.sint64s(66, cents)
        writer.uint32s(74, papers)
        writer.uint32s(82, paperLines)
    }
}

/// Filings of accounts as columns.
package struct Vigie_V1_FilingColumns: ProtobufMessage {
    /// The day on which each year ends.
    package var closingDays: [Int32] = []

    /// When each was filed. Optional.
    package var filedDays: [Int32] = []

    /// Whether these are accounts at the beginning of a liquidation. Optional.
    package var ofLiquidation: [Bool] = []

    /// Where each stands. Optional.
    package var papers: [UInt32] = []

    /// Where each stands. Optional.
    package var paperLines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.FilingColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.sint32s(tag, &closingDays)
            case 16, 18: try reader.sint32s(tag, &filedDays)
            case 24, 26: try reader.bools(tag, &ofLiquidation)
            case 32, 34: try reader.uint32s(tag, &papers)
            case 40, 42: try reader.uint32s(tag, &paperLines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.sint32s(10, closingDays)
        writer.sint32s(18, filedDays)
        writer.bools(26, ofLiquidation)
        writer.uint32s(34, papers)
        writer.uint32s(42, paperLines)
    }
}

/// Events of a company's legal life as columns.
package struct Vigie_V1_EventColumns: ProtobufMessage {
    /// What happened.
    package var kinds: [Vigie_V1_LegalEventKind] = []

    /// When each was made known: from this day on it counts.
    package var publishedDays: [Int32] = []

    /// When each was decided. Optional.
    package var decidedDays: [Int32] = []

    /// The proceedings that the notice of each names. Optional.
    package var proceedings: [Vigie_V1_Proceeding] = []

    /// The notice of each, such as "A20250133905". Optional: without it an event
    /// cannot be taken back. The same notice and kind twice count once.
    package var notices: [String] = []

    /// Where each stands. Optional.
    package var papers: [UInt32] = []

    /// Where each stands. Optional.
    package var paperLines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.EventColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: kinds.append(Vigie_V1_LegalEventKind(rawValue: try reader.enumeration()))
            case 10:
                let outer = try reader.enter()
                while reader.hasMore {
                    kinds.append(Vigie_V1_LegalEventKind(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 16, 18: try reader.sint32s(tag, &publishedDays)
            case 24, 26: try reader.sint32s(tag, &decidedDays)
            case 32: proceedings.append(Vigie_V1_Proceeding(rawValue: try reader.enumeration()))
            case 34:
                let outer = try reader.enter()
                while reader.hasMore {
                    proceedings.append(Vigie_V1_Proceeding(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 42: try reader.strings(&notices)
            case 48, 50: try reader.uint32s(tag, &papers)
            case 56, 58: try reader.uint32s(tag, &paperLines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if !kinds.isEmpty {
            let start = writer.open(10)
            for value in kinds { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.sint32s(18, publishedDays)
        writer.sint32s(26, decidedDays)
        if !proceedings.isEmpty {
            let start = writer.open(34)
            for value in proceedings { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.strings(42, notices)
        writer.uint32s(50, papers)
        writer.uint32s(58, paperLines)
    }
}

/// Notices that take back or replace earlier ones, as columns.
package struct Vigie_V1_CorrectionColumns: ProtobufMessage {
    /// The notice that no longer holds.
    package var corrected: [String] = []

    /// The notice that says so.
    package var by: [String] = []

    /// When that was made known.
    package var publishedDays: [Int32] = []

    /// What that notice told of, as far as the later one says. Optional.
    package var kinds: [Vigie_V1_LegalEventKind] = []

    /// When that was decided. Optional.
    package var decidedDays: [Int32] = []

    /// How many companies of each follow in the next column. Optional.
    package var companyCounts: [UInt32] = []

    /// Numbers of the companies that the later notice is for.
    package var companies: [String] = []

    /// Where the later notice stands. Optional.
    package var papers: [UInt32] = []

    /// Where each stands. Optional.
    package var paperLines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CorrectionColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 10: try reader.strings(&corrected)
            case 18: try reader.strings(&by)
            case 24, 26: try reader.sint32s(tag, &publishedDays)
            case 32: kinds.append(Vigie_V1_LegalEventKind(rawValue: try reader.enumeration()))
            case 34:
                let outer = try reader.enter()
                while reader.hasMore {
                    kinds.append(Vigie_V1_LegalEventKind(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 40, 42: try reader.sint32s(tag, &decidedDays)
            case 48, 50: try reader.uint32s(tag, &companyCounts)
            case 58: try reader.strings(&companies)
            case 64, 66: try reader.uint32s(tag, &papers)
            case 72, 74: try reader.uint32s(tag, &paperLines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.strings(10, corrected)
        writer.strings(18, by)
        writer.sint32s(26, publishedDays)
        if !kinds.isEmpty {
            let start = writer.open(34)
            for value in kinds { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.sint32s(42, decidedDays)
        writer.uint32s(50, companyCounts)
        writer.strings(58, companies)
        writer.uint32s(66, papers)
        writer.uint32s(74, paperLines)
    }
}

/// What registers say of a company, as columns.
package struct Vigie_V1_RegisterColumns: ProtobufMessage {
    /// Which register says it.
    package var registers: [Vigie_V1_CompanyRegister] = []

    /// Whether it is active there. Optional.
    package var activities: [Vigie_V1_RegisterActivity] = []

    /// Since when it is in that state. Optional.
    package var sinceDays: [Int32] = []

    /// When it was struck off. Optional.
    package var struckOffDays: [Int32] = []

    /// When the entry was last changed: from this day on it is known. Optional: one
    /// whose day is not known counts from since_days, or always.
    package var updatedDays: [Int32] = []

    /// Where each stands. Optional.
    package var papers: [UInt32] = []

    /// Where each stands. Optional.
    package var paperLines: [UInt32] = []

    /// The activity of each, such as "43.32A". Optional: quartiles of its trade are
    /// found by it.
    package var activityCodes: [String] = []

    /// How many people each has at least, plus 1; 0 where that is not known.
    /// Optional: quartiles of its size are found by it.
    package var headcounts: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.RegisterColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8: registers.append(Vigie_V1_CompanyRegister(rawValue: try reader.enumeration()))
            case 10:
                let outer = try reader.enter()
                while reader.hasMore {
                    registers.append(Vigie_V1_CompanyRegister(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 16: activities.append(Vigie_V1_RegisterActivity(rawValue: try reader.enumeration()))
            case 18:
                let outer = try reader.enter()
                while reader.hasMore {
                    activities.append(Vigie_V1_RegisterActivity(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 24, 26: try reader.sint32s(tag, &sinceDays)
            case 32, 34: try reader.sint32s(tag, &struckOffDays)
            case 40, 42: try reader.sint32s(tag, &updatedDays)
            case 48, 50: try reader.uint32s(tag, &papers)
            case 56, 58: try reader.uint32s(tag, &paperLines)
            case 66: try reader.strings(&activityCodes)
            case 72, 74: try reader.uint32s(tag, &headcounts)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        if !registers.isEmpty {
            let start = writer.open(10)
            for value in registers { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        if !activities.isEmpty {
            let start = writer.open(18)
            for value in activities { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.sint32s(26, sinceDays)
        writer.sint32s(34, struckOffDays)
        writer.sint32s(42, updatedDays)
        writer.uint32s(50, papers)
        writer.uint32s(58, paperLines)
        writer.strings(66, activityCodes)
        writer.uint32s(74, headcounts)
    }
}

/// Sales by month as columns.
package struct Vigie_V1_SalesColumns: ProtobufMessage {
    /// The months, as the year times 12 and the month from 0: 24299 is December
    /// 2024. Each stands once.
    package var months: [UInt32] = []

    /// What was sold in each, with tax, in cents. As many as months.
    package var cents: [Int64] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.SalesColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.uint32s(tag, &months)
            case 16, 18: try reader.sint64s(tag, &cents)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.uint32s(10, months)
        writer.sint64s(18, cents)
    }
}

/// Invoices, and what became of them, as columns.
package struct Vigie_V1_InvoiceColumns: ProtobufMessage {
    /// Amounts with tax, in cents; negative for a credit note.
    package var cents: [Int64] = []

    /// What is open of each, in cents.
    package var openCents: [Int64] = []

    /// What credit notes and write-offs took off each, in cents. Optional.
    package var creditedCents: [Int64] = []

    /// Dates of the invoices. Optional.
    package var issuedDays: [Int32] = []

    /// When each is due. Optional: the age of one without is not known.
    package var dueDays: [Int32] = []

    /// Where these days come from. Optional.
    package var dueSources: [Vigie_V1_DueSource] = []

    /// The other side of each: any number that is the same for the same. Optional.
    package var parties: [UInt32] = []

    /// The number of each. Optional.
    package var references: [String] = []

    /// Whether each was booked as doubtful. Optional.
    package var doubtful: [Bool] = []

    /// Currencies of ISO 4217 that the next column names, such as "USD".
    package var currencyNames: [String] = []

    /// The currency of each: 1 for the first of currency_names, 0 for none.
    /// Optional.
    package var currencies: [UInt32] = []

    /// How many payments of each follow in the next columns, invoice after invoice,
    /// in the order of their days. Optional.
    package var paymentCounts: [UInt32] = []

    /// When each payment was made.
    package var paymentDays: [Int32] = []

    /// How much of the invoice it paid, in cents. As many as payment_days.
    package var paymentCents: [Int64] = []

    /// When the bank took it back. Optional, else as many as payment_days.
    package var paymentReturnedDays: [Int32] = []

    /// Whether nothing said that it is for this invoice. Optional, else as many as
    /// payment_days.
    package var paymentPresumed: [Bool] = []

    /// How many disputes of each follow in the next columns. Optional.
    package var disputeCounts: [UInt32] = []

    /// When each dispute began.
    package var disputeOpenedDays: [Int32] = []

    /// When it ended. Optional, else as many as dispute_opened_days.
    package var disputeClosedDays: [Int32] = []

    /// How many promises to pay of each follow in the next columns. Optional.
    package var promiseCounts: [UInt32] = []

    /// When each promise was made.
    package var promiseMadeDays: [Int32] = []

    /// For when. As many as promise_made_days.
    package var promiseDays: [Int32] = []

    /// How much, in cents; -1 for all that is open. As many as promise_made_days.
    package var promiseCents: [Int64] = []

    /// Whether the ledger goes as far as that day, so that a payment would be seen.
    /// As many as promise_made_days.
    package var promiseVerifiable: [Bool] = []

    /// Where each stands. Optional.
    package var papers: [UInt32] = []

    /// Where each stands. Optional.
    package var paperLines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.InvoiceColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.sint64s(tag, &cents)
            case 16, 18: try reader.sint64s(tag, &openCents)
            case 24, 26: try reader.sint64s(tag, &creditedCents)
            case 32, 34: try reader.sint32s(tag, &issuedDays)
            case 40, 42: try reader.sint32s(tag, &dueDays)
            case 48: dueSources.append(Vigie_V1_DueSource(rawValue: try reader.enumeration()))
            case 50:
                let outer = try reader.enter()
                while reader.hasMore {
                    dueSources.append(Vigie_V1_DueSource(rawValue: try reader.enumeration()))
                }
                reader.leave(outer)
            case 56, 58: try reader.uint32s(tag, &parties)
            case 66: try reader.strings(&references)
            case 72, 74: try reader.bools(tag, &doubtful)
            case 82: try reader.strings(&currencyNames)
            case 88, 90: try reader.uint32s(tag, &currencies)
            case 96, 98: try reader.uint32s(tag, &paymentCounts)
            case 104, 106: try reader.sint32s(tag, &paymentDays)
            case 112, 114: try reader.sint64s(tag, &paymentCents)
            case 120, 122: try reader.sint32s(tag, &paymentReturnedDays)
            case 128, 130: try reader.bools(tag, &paymentPresumed)
            case 136, 138: try reader.uint32s(tag, &disputeCounts)
            case 144, 146: try reader.sint32s(tag, &disputeOpenedDays)
            case 152, 154: try reader.sint32s(tag, &disputeClosedDays)
            case 160, 162: try reader.uint32s(tag, &promiseCounts)
            case 168, 170: try reader.sint32s(tag, &promiseMadeDays)
            case 176, 178: try reader.sint32s(tag, &promiseDays)
            case 184, 186: try reader.sint64s(tag, &promiseCents)
            case 192, 194: try reader.bools(tag, &promiseVerifiable)
            case 200, 202: try reader.uint32s(tag, &papers)
            case 208, 210: try reader.uint32s(tag, &paperLines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.sint64s(10, cents)
        writer.sint64s(18, openCents)
        writer.sint64s(26, creditedCents)
        writer.sint32s(34, issuedDays)
        writer.sint32s(42, dueDays)
        if !dueSources.isEmpty {
            let start = writer.open(50)
            for value in dueSources { writer.enumeration(value.rawValue) }
            writer.close(start)
        }
        writer.uint32s(58, parties)
        writer.strings(66, references)
        writer.bools(74, doubtful)
        writer.strings(82, currencyNames)
        writer.uint32s(90, currencies)
        writer.uint32s(98, paymentCounts)
        writer.sint32s(106, paymentDays)
        writer.sint64s(114, paymentCents)
        writer.sint32s(122, paymentReturnedDays)
        writer.bools(130, paymentPresumed)
        writer.uint32s(138, disputeCounts)
        writer.sint32s(146, disputeOpenedDays)
        writer.sint32s(154, disputeClosedDays)
        writer.uint32s(162, promiseCounts)
        writer.sint32s(170, promiseMadeDays)
        writer.sint32s(178, promiseDays)
        writer.sint64s(186, promiseCents)
        writer.bools(194, promiseVerifiable)
        writer.uint32s(202, papers)
        writer.uint32s(210, paperLines)
    }
}

/// Money and credit notes that belong to no invoice, as columns.
package struct Vigie_V1_CreditColumns: ProtobufMessage {
    /// How much is left of each, in cents.
    package var cents: [Int64] = []

    /// When each was booked.
    package var days: [Int32] = []

    /// Whether each is money, not a credit note. Optional.
    package var payments: [Bool] = []

    /// The other side of each. Optional.
    package var parties: [UInt32] = []

    /// Currencies of ISO 4217 that the next column names.
    package var currencyNames: [String] = []

    /// The currency of each: 1 for the first of currency_names, 0 for none.
    /// Optional.
    package var currencies: [UInt32] = []

    /// Where each stands. Optional.
    package var papers: [UInt32] = []

    /// Where each stands. Optional.
    package var paperLines: [UInt32] = []

    /// The type's full name.
    package static var protoMessageName: String { "vigie.v1.CreditColumns" }

    /// Makes a message without any field.
    package init() {}

    /// Adds all fields that a reader has left.
    package mutating func merge(from reader: inout ProtobufReader) throws(ProtobufError) {
        while let tag = try reader.nextTag() {
            switch tag {
            case 8, 10: try reader.sint64s(tag, &cents)
            case 16, 18: try reader.sint32s(tag, &days)
            case 24, 26: try reader.bools(tag, &payments)
            case 32, 34: try reader.uint32s(tag, &parties)
            case 42: try reader.strings(&currencyNames)
            case 48, 50: try reader.uint32s(tag, &currencies)
            case 56, 58: try reader.uint32s(tag, &papers)
            case 64, 66: try reader.uint32s(tag, &paperLines)
            default:
                try reader.skip(tag)
            }
        }
    }

    /// Writes all fields.
    package func write(to writer: inout ProtobufWriter) {
        writer.sint64s(10, cents)
        writer.sint32s(18, days)
        writer.bools(26, payments)
        writer.uint32s(34, parties)
        writer.strings(42, currencyNames)
        writer.uint32s(50, currencies)
        writer.uint32s(58, papers)
        writer.uint32s(66, paperLines)
    }
}
