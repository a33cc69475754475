// SPDX-License-Identifier: Apache-2.0

// What the cells of a line say, by a profile. A line whose dates or amounts can be read in two ways
// waits until the whole file was seen.

internal import CreditFacts
internal import Documents
internal import Quantities

/// Reads lines by a profile, and gathers what they tell of how the file is written.
struct LedgerDecoder {
    /// What became of a line.
    enum Outcome {
        case row(LedgerRow)
        /// The file has to tell first how it is written.
        case waits
        /// The profile's rules leave it out.
        case leftOut(FindingCode, LedgerField)
        /// It cannot be used.
        case bad(FindingCode, LedgerField)
    }

    let header: LedgerHeader
    let paper: Int32
    var style: LedgerStyle
    /// The customers, by what the file calls them.
    private(set) var parties: [LedgerParty] = []
    private(set) var roundedCount = 0
    private var partyTable = ByteTable()
    private var kinds = CellMeanings<LedgerKind>()
    private var states = CellMeanings<Bool>()
    private var currencies = CellMeanings<Currency?>()
    private var volume: Int64 = 0

    init(_ header: LedgerHeader, paper: Int32) {
        self.header = header
        self.paper = paper
        style = LedgerStyle(order: header.profile.dates, decimal: header.profile.decimal)
    }

    /// Reads a line.
    mutating func decode(_ cells: LedgerCells) -> Outcome {
        let profile = header.profile
        if header[.state] != nil, !isPosted(cells) { return .leftOut(.notPosted, .state) }
        if !profile.leftOutAccounts.isEmpty, let account = cells.text(.account) {
            let plain = LedgerProfile.plain(account)
            if profile.leftOutAccounts.contains(where: { plain.hasPrefix($0) }) {
                return .leftOut(.linesSkipped, .account)
            }
        }
        if header[.customer] != nil, cells.isEmpty(.customer) {
            return .bad(.missingValue, .customer)
        }
        var row = LedgerRow(
            source: PaperReference(paper: paper, line: Int32(clamping: cells.line))
        )
        if let bad = readDates(cells, &row) { return bad }
        if let bad = readAmounts(cells, &row) { return bad }
        row.kind = kind(cells)
        if let bad = giveSigns(cells, &row) { return bad }
        if row.kind == .unknown, row.cents < 0, let lacking = profile.paymentsLack {
            row.kind = cells.isEmpty(lacking) ? .payment : .creditNote
        }
        row.reference = cells.text(.reference) ?? cells.text(.document) ?? ""
        row.document = cells.text(.document) ?? ""
        row.matching = cells.text(.matching) ?? ""
        row.matchedTo = cells.text(.matchedTo) ?? ""
        row.isDoubtful = !cells.isEmpty(.doubtful) && isTrue(cells)
        row.party = party(cells)
        return .row(row)
    }

    // MARK: Words

    private mutating func isPosted(_ cells: LedgerCells) -> Bool {
        let profile = header.profile
        return cells.withBytes(.state) { cell in
            if cell.isEmpty { return true }
            return states.meaning(of: cell) { text in
                let plain = LedgerProfile.plain(text)
                if profile.droppedStates.contains(plain) { return false }
                return profile.postedStates.isEmpty || profile.postedStates.contains(plain)
            }
        }
    }

    private mutating func kind(_ cells: LedgerCells) -> LedgerKind {
        let known = header.profile.kinds
        return cells.withBytes(.kind) { cell in
            if cell.isEmpty { return .unknown }
            return kinds.meaning(of: cell) { known[LedgerProfile.plain($0)] ?? .unknown }
        }
    }

    private func isTrue(_ cells: LedgerCells) -> Bool {
        let plain = LedgerProfile.plain(cells.text(.doubtful) ?? "")
        return !["0", "no", "non", "n", "false", "faux", "nein", ""].contains(plain)
    }

    private mutating func party(_ cells: LedgerCells) -> Int32 {
        let number = cells.withBytes(.customer) { partyTable.number(of: $0) }
        guard Int(number) == parties.count else { return number }
        parties.append(
            LedgerParty(
                key: cells.text(.customer) ?? "",
                name: header[.name] == header[.customer] ? nil : cells.text(.name),
                siren: CompanyNumber(cells.text(.siren) ?? "")?.siren
            )
        )
        return number
    }

    // MARK: Dates

    private mutating func readDates(_ cells: LedgerCells, _ row: inout LedgerRow) -> Outcome? {
        var waits = false
        for field in [LedgerField.issued, .booked, .due, .paidOn] {
            if header[field] == nil || cells.isEmpty(field) { continue }
            // One column for what was paid, which holds either dates or amounts.
            if field == .paidOn, header[.paid] == header[.paidOn], !isDate(cells, field) {
                continue
            }
            switch cells.withBytes(field, { LedgerDate.read($0, order: style.order) }) {
            case .none: break
            case .bad: return .bad(.badDate, field)
            case .unordered(let dayFirst, let monthFirst):
                style.vote(dayFirst: dayFirst != nil, monthFirst: monthFirst != nil)
                waits = true
            case .date(let date):
                switch field {
                case .issued: row.issued = date
                case .booked: row.booked = date
                case .due: row.due = date
                default: row.paidOn = date
                }
            }
        }
        if waits { voteAmounts(cells) }
        return waits ? .waits : nil
    }

    /// The field of a line that waits because of which nothing can be told.
    func undecided(_ cells: LedgerCells) -> (field: LedgerField, isDate: Bool) {
        for field in [LedgerField.issued, .booked, .due, .paidOn]
        where header[field] != nil && !cells.isEmpty(field) {
            let date = cells.withBytes(field) { LedgerDate.read($0, order: style.order) }
            if case .unordered = date { return (field, true) }
        }
        for field in [LedgerField.amount, .debit, .credit, .open, .paid, .credited]
        where header[field] != nil {
            let amount = cells.withBytes(field) { LedgerAmount.read($0, decimal: style.decimal) }
            if case .unclear = amount { return (field, false) }
        }
        return (.amount, false)
    }

    private func isDate(_ cells: LedgerCells, _ field: LedgerField) -> Bool {
        cells.withBytes(field) { cell in
            let marks = cell.count { $0 == 0x2D || $0 == 0x2F || $0 == 0x2E }
            if cell.count != 8 && marks < 2 { return false }
            switch LedgerDate.read(cell, order: style.order) {
            case .date(let date): return (1_990...2_099).contains(date.components.year)
            case .unordered: return true
            default: return false
            }
        }
    }

    // MARK: Amounts

    private mutating func voteAmounts(_ cells: LedgerCells) {
        for field in Self.amountFields {
            style.vote(cells.withBytes(field) { LedgerAmount.read($0, decimal: nil) })
        }
    }

    private static let amountFields: [LedgerField] = [
        .amount, .debit, .credit, .open, .paid, .credited,
    ]

    /// The amounts of a line by field: few enough to need no hashing.
    private struct Amounts {
        private var cents = SIMD32<Int64>()
        private var isKnown: UInt32 = 0

        subscript(field: LedgerField) -> Int64? {
            get { isKnown & (1 << UInt32(field.rawValue)) == 0 ? nil : cents[field.rawValue] }
            set {
                cents[field.rawValue] = newValue ?? 0
                isKnown |= 1 << UInt32(field.rawValue)
            }
        }
    }

    /// Reads the amounts. One of them that could be two waits, and the others tell.
    private mutating func readAmounts(_ cells: LedgerCells, _ row: inout LedgerRow) -> Outcome? {
        var values = Amounts()
        for field in Self.amountFields {
            if header[field] == nil || cells.isEmpty(field) { continue }
            if field == .paid, header[.paid] == header[.paidOn], row.paidOn != nil { continue }
            let amount = cells.withBytes(field) { LedgerAmount.read($0, decimal: style.decimal) }
            if style.decimal == nil { style.vote(amount) }
            switch amount {
            case .none: continue
            case .bad: return .bad(.badAmount, field)
            case .unclear: return .waits
            case .number(let number):
                let (sum, isOver) = volume.addingReportingOverflow(abs(number.cents))
                // More than any ledger: no sum over its lines may overflow.
                guard !isOver, sum < Int64.max / 8 else { return .bad(.badAmount, field) }
                volume = sum
                values[field] = number.cents
                if number.isRounded { roundedCount += 1 }
                if row.currency == nil { row.currency = number.currency }
            }
        }
        if !cells.isEmpty(.currency) {
            let currency = cells.withBytes(.currency) { cell in
                currencies.meaning(of: cell) { Currency($0.uppercased()) }
            }
            guard let currency else { return .bad(.missingValue, .currency) }
            row.currency = currency
        }
        guard values[.amount] ?? values[.debit] ?? values[.credit] ?? values[.open] != nil else {
            return .bad(.missingValue, .amount)
        }
        let difference = (values[.debit] ?? 0) - (values[.credit] ?? 0)
        let isBySides = values[.debit] != nil || values[.credit] != nil
        row.cents = isBySides ? difference : values[.amount] ?? values[.open] ?? 0
        row.open = values[.open]
        row.paid = values[.paid]
        row.credited = abs(values[.credited] ?? 0)
        return nil
    }

    /// Debts are positive and credits negative, whatever the file writes.
    private func giveSigns(_ cells: LedgerCells, _ row: inout LedgerRow) -> Outcome? {
        let profile = header.profile
        if let sign = cells.text(.sign), !profile.creditSigns.isEmpty {
            let isCredit = profile.creditSigns.contains(LedgerProfile.plain(sign))
            row.cents = isCredit ? -abs(row.cents) : abs(row.cents)
        } else if profile.signsByKind, row.kind == .creditNote || row.kind == .payment {
            row.cents = -abs(row.cents)
        }
        if let open = row.open { row.open = row.cents < 0 ? -abs(open) : open }
        if row.cents < 0, row.date == nil { return .bad(.missingValue, .issued) }
        if row.date == nil, cells.isEmpty(.reference), cells.isEmpty(.document) {
            return .bad(.missingValue, .due)
        }
        if row.cents == 0, row.open ?? 0 == 0 { return .leftOut(.zeroLines, .amount) }
        return nil
    }
}

/// What texts of a column mean, each looked at once.
struct CellMeanings<Meaning> {
    private var table = ByteTable()
    private var meanings: [Meaning] = []

    /// The meaning of a text.
    mutating func meaning(
        of cell: UnsafeRawBufferPointer,
        _ find: (String) -> Meaning
    ) -> Meaning {
        let number = Int(table.number(of: cell))
        if number == meanings.count { meanings.append(find(WesternText.decoded(cell))) }
        return meanings[number]
    }
}
