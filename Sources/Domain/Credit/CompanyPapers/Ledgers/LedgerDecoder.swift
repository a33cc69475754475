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
        case row
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
    /// What stands where the number of a customer should, and is none; once for each customer.
    private(set) var badNumbers: [(line: Int, text: String)] = []
    private var partyTable = ByteTable()
    private var kinds = CellMeanings<LedgerKind>()
    private var states = CellMeanings<Bool>()
    private var currencies = CellMeanings<Currency?>()
    private var volume: Int64 = 0
    private let dates: LedgerDates
    /// Fields that the file has a column for.
    private let dateFields: [LedgerField]
    private let amountFields: [LedgerField]
    private let hasState: Bool
    private let hasLeftOutAccounts: Bool
    private let hasCustomer: Bool
    private let has: (document: Bool, matching: Bool, matchedTo: Bool)
    /// Whether one column has either days of payment or what was paid.
    private let sharesPaid: Bool

    init(_ header: LedgerHeader, _ dates: LedgerDates, paper: Int32) {
        self.header = header
        self.paper = paper
        self.dates = dates
        let isThere = { (field: LedgerField) in header[field] != nil }
        dateFields = [.issued, .booked, .due, .paidOn].filter(isThere)
        amountFields = [.amount, .debit, .credit, .open, .paid, .credited].filter(isThere)
        hasState = header[.state] != nil
        hasCustomer = header[.customer] != nil
        has = (isThere(.document), isThere(.matching), isThere(.matchedTo))
        hasLeftOutAccounts = header[.account] != nil && !header.profile.leftOutAccounts.isEmpty
        sharesPaid = header[.paid] != nil && header[.paid] == header[.paidOn]
        style = LedgerStyle(order: header.profile.dates, decimal: header.profile.decimal)
    }

    /// Asks memory for where the customer of a line is looked for.
    func foresee(_ cells: LedgerCells) { partyTable.foresee(cells.bytes(.customer)) }

    /// Reads a line into a row.
    mutating func decode(_ cells: LedgerCells, _ row: inout LedgerRow) -> Outcome {
        if hasState, !isPosted(cells) { return .leftOut(.notPosted, .state) }
        if hasLeftOutAccounts, let account = cells.text(.account) {
            let plain = LedgerProfile.plain(account)
            if header.profile.leftOutAccounts.contains(where: { plain.hasPrefix($0) }) {
                return .leftOut(.linesSkipped, .account)
            }
        }
        if hasCustomer, cells.isEmpty(.customer) { return .bad(.missingValue, .customer) }
        row.begin(PaperReference(paper: paper, line: Int32(clamping: cells.line)))
        if let bad = readDates(cells, &row) { return bad }
        if let bad = readAmounts(cells, &row) { return bad }
        row.kind = kind(cells)
        if let bad = giveSigns(cells, &row) { return bad }
        if row.kind == .unknown, row.cents < 0, let lacking = header.profile.paymentsLack {
            row.kind = cells.isEmpty(lacking) ? .payment : .creditNote
        }
        if has.document { row.document = cells.text(.document) ?? "" }
        row.reference = cells.text(.reference) ?? row.document
        if has.matching { row.matching = cells.text(.matching) ?? "" }
        if has.matchedTo { row.matchedTo = cells.text(.matchedTo) ?? "" }
        row.isDoubtful = !cells.isEmpty(.doubtful) && isTrue(cells)
        row.party = party(cells)
        return .row
    }

    // MARK: Words

    private mutating func isPosted(_ cells: LedgerCells) -> Bool {
        if cells.isEmpty(.state) { return true }
        let profile = header.profile
        return states.meaning(of: cells.bytes(.state)) { text in
            let plain = LedgerProfile.plain(text)
            if profile.droppedStates.contains(plain) { return false }
            return profile.postedStates.isEmpty || profile.postedStates.contains(plain)
        }
    }

    private mutating func kind(_ cells: LedgerCells) -> LedgerKind {
        if cells.isEmpty(.kind) { return .unknown }
        let known = header.profile.kinds
        return kinds.meaning(of: cells.bytes(.kind)) {
            known[LedgerProfile.plain($0)] ?? .unknown
        }
    }

    private func isTrue(_ cells: LedgerCells) -> Bool {
        let plain = LedgerProfile.plain(cells.text(.doubtful) ?? "")
        return !["0", "no", "non", "n", "false", "faux", "nein", ""].contains(plain)
    }

    /// Whether a number can only be meant for one of the directory's.
    private static func isMeantForFrench(_ text: String) -> Bool {
        let plain = text.filter { $0 != " " && $0 != "." && $0 != "\u{A0}" }.uppercased()
        if plain.hasPrefix("FR") { return true }
        return [9, 14].contains(plain.utf8.count) && plain.utf8.allSatisfy { (0x30...0x39) ~= $0 }
    }

    private mutating func party(_ cells: LedgerCells) -> Int32 {
        let number = partyTable.number(of: cells.bytes(.customer))
        guard Int(number) == parties.count else { return number }
        let written = cells.text(.siren) ?? ""
        let siren = CompanyNumber(written)?.siren
        if siren == nil, Self.isMeantForFrench(written) { badNumbers.append((cells.line, written)) }
        parties.append(
            LedgerParty(
                key: cells.text(.customer) ?? "",
                name: header[.name] == header[.customer] ? nil : cells.text(.name),
                siren: siren
            )
        )
        return number
    }

    // MARK: Dates

    private mutating func readDates(_ cells: LedgerCells, _ row: inout LedgerRow) -> Outcome? {
        var waits = false
        for field in dateFields where !cells.isEmpty(field) {
            // One column for what was paid, which holds either dates or amounts.
            if field == .paidOn, sharesPaid, !isDate(cells, field) { continue }
            let cell = cells.bytes(field)
            if let date = dates.date(cell) {
                row.set(field, date)
                continue
            }
            switch dates.read(cell, order: style.order) {
            case .none: break
            case .bad: return .bad(.badDate, field)
            case .unordered(let dayFirst, let monthFirst):
                style.vote(dayFirst: dayFirst != nil, monthFirst: monthFirst != nil)
                waits = true
            case .date(let date): row.set(field, date)
            }
        }
        if waits { voteAmounts(cells) }
        return waits ? .waits : nil
    }

    /// The field of a line that waits because of which nothing can be told.
    func undecided(_ cells: LedgerCells) -> (field: LedgerField, isDate: Bool) {
        for field in dateFields where !cells.isEmpty(field) {
            let date = LedgerDate.read(cells.bytes(field), order: style.order)
            if case .unordered = date { return (field, true) }
        }
        for field in amountFields {
            let amount = LedgerAmount.read(cells.bytes(field), decimal: style.decimal)
            if case .unclear = amount { return (field, false) }
        }
        return (.amount, false)
    }

    /// How the first date of a line was read that could be two; nil where there is none.
    func decidedDate(_ cells: LedgerCells) -> Finding? {
        for field in dateFields where !cells.isEmpty(field) {
            guard
                case .unordered(let one?, let other?) = LedgerDate.read(
                    cells.bytes(field),
                    order: nil
                ), one != other,
                case .date(let date) = LedgerDate.read(cells.bytes(field), order: style.order)
            else { continue }
            return decided(.dateOrderDecided, field, cells, date.description)
        }
        return nil
    }

    /// How the first amount of a line was read that could be two; nil where there is none.
    func decidedAmount(_ cells: LedgerCells) -> Finding? {
        for field in amountFields where !cells.isEmpty(field) {
            let cell = cells.bytes(field)
            guard case .unclear = LedgerAmount.read(cell, decimal: nil),
                case .number(let number) = LedgerAmount.read(cell, decimal: style.decimal)
            else { continue }
            return decided(.amountStyleDecided, field, cells, CentsText.text(number.cents))
        }
        return nil
    }

    private func decided(
        _ code: FindingCode,
        _ field: LedgerField,
        _ cells: LedgerCells,
        _ reading: String
    ) -> Finding {
        Finding(
            code,
            at: PaperReference(paper: paper, line: Int32(clamping: cells.line)),
            field: LedgerField.names[field.rawValue],
            [cells.text(field) ?? "", reading]
        )
    }

    private func isDate(_ cells: LedgerCells, _ field: LedgerField) -> Bool {
        let cell = cells.bytes(field)
        let marks = cell.count { $0 == 0x2D || $0 == 0x2F || $0 == 0x2E }
        if cell.count != 8 && marks < 2 { return false }
        switch LedgerDate.read(cell, order: style.order) {
        case .date(let date): return (1_990...2_099).contains(date.components.year)
        case .unordered: return true
        default: return false
        }
    }

    // MARK: Amounts

    private mutating func voteAmounts(_ cells: LedgerCells) {
        for field in amountFields {
            style.vote(LedgerAmount.read(cells.bytes(field), decimal: nil))
        }
    }

    /// The amounts of a line.
    private struct Amounts {
        var amount: Int64?
        var debit: Int64?
        var credit: Int64?
        var open: Int64?
        var paid: Int64?
        var credited: Int64?

        mutating func set(_ field: LedgerField, _ cents: Int64) {
            switch field {
            case .amount: amount = cents
            case .debit: debit = cents
            case .credit: credit = cents
            case .open: open = cents
            case .paid: paid = cents
            default: credited = cents
            }
        }
    }

    /// Reads the amounts. One of them that could be two waits, and the others tell.
    private mutating func readAmounts(_ cells: LedgerCells, _ row: inout LedgerRow) -> Outcome? {
        var values = Amounts()
        for field in amountFields where !cells.isEmpty(field) {
            if field == .paid, sharesPaid, row.paidOn != nil { continue }
            let cell = cells.bytes(field)
            if let cents = LedgerAmount.plain(cell) {
                if style.decimal == nil { style.vote(mark: cell[cell.count - 3]) }
                guard holds(cents) else { return .bad(.badAmount, field) }
                values.set(field, cents)
                continue
            }
            let amount = LedgerAmount.read(cell, decimal: style.decimal)
            if style.decimal == nil { style.vote(amount) }
            switch amount {
            case .none: continue
            case .bad: return .bad(.badAmount, field)
            case .unclear: return .waits
            case .number(let number):
                guard holds(number.cents) else { return .bad(.badAmount, field) }
                values.set(field, number.cents)
                if number.isRounded { roundedCount += 1 }
                if row.currency == nil { row.currency = number.currency }
            }
        }
        if !cells.isEmpty(.currency) {
            let currency = currencies.meaning(of: cells.bytes(.currency)) {
                Currency($0.uppercased())
            }
            guard let currency else { return .bad(.missingValue, .currency) }
            row.currency = currency
        }
        guard values.amount ?? values.debit ?? values.credit ?? values.open != nil else {
            return .bad(.missingValue, .amount)
        }
        let difference = (values.debit ?? 0) - (values.credit ?? 0)
        let isBySides = values.debit != nil || values.credit != nil
        row.cents = isBySides ? difference : values.amount ?? values.open ?? 0
        row.open = values.open
        row.paid = values.paid
        row.credited = abs(values.credited ?? 0)
        return nil
    }

    /// Whether an amount more is no more than any ledger has: no sum over its lines may overflow.
    private mutating func holds(_ cents: Int64) -> Bool {
        let (sum, isOver) = volume.addingReportingOverflow(abs(cents))
        guard !isOver, sum < Int64.max / 8 else { return false }
        volume = sum
        return true
    }

    /// Debts are positive and credits negative, whatever the file writes.
    private func giveSigns(_ cells: LedgerCells, _ row: inout LedgerRow) -> Outcome? {
        if let sign = cells.text(.sign), !header.profile.creditSigns.isEmpty {
            let isCredit = header.profile.creditSigns.contains(LedgerProfile.plain(sign))
            row.cents = isCredit ? -abs(row.cents) : abs(row.cents)
        } else if header.profile.signsByKind, row.kind == .creditNote || row.kind == .payment {
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
