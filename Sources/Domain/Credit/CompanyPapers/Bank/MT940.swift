// SPDX-License-Identifier: Apache-2.0

// Statements in the old format of SWIFT, which some banks still give: fields that begin a line with
// their tag, such as ":61:".

internal import CreditFacts
package import Documents
internal import Quantities

/// Statements in the format MT940.
package enum MT940 {
    /// Reads a file.
    ///
    /// - Throws: That it holds no statement that can be used.
    package static func statements(
        _ bytes: [UInt8],
        paper: Int32,
        findingsPerCodeMax: Int
    ) throws(DocumentError) -> BankStatementList {
        var reader = Reader(
            paper: paper,
            list: BankStatementList(findingsPerCodeMax: findingsPerCodeMax)
        )
        var line: Int32 = 0
        for text in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            line = line &+ 1
            reader.take(WesternText.decoded(text.trimmed), line: line)
        }
        reader.end()
        let list = reader.list
        guard !list.statements.isEmpty else {
            throw DocumentError(
                code: .unsupported,
                place: "MT940",
                message: "no statement: none of its lines begins with :60F: or :61:"
            )
        }
        guard list.counts.read == 0 || list.counts.kept > 0 else {
            throw DocumentError(
                code: .unsupported,
                place: "MT940",
                message: "no entry in it can be used"
            )
        }
        return list
    }

    private struct Reader {
        let paper: Int32
        var list: BankStatementList
        private var statement: BankStatement?
        private var tag = ""
        private var value = ""
        private var lines: [String] = []
        private var tagLine: Int32 = 0
        private var account = ""
        private var currency: Currency?
        private var hasEntry = false

        init(paper: Int32, list: BankStatementList) {
            self.paper = paper
            self.list = list
        }

        private var place: PaperReference { PaperReference(paper: paper, line: tagLine) }

        /// Takes a line: a new field, or more of the last one.
        mutating func take(_ line: String, line number: Int32) {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            if parts.count == 3, parts[0].isEmpty, (2...3).contains(parts[1].utf8.count),
                parts[1].utf8.first.map({ (0x30...0x39).contains($0) }) ?? false
            {
                endField()
                (tag, value, lines) = (String(parts[1]), String(parts[2]), [])
                tagLine = number
            } else if line.hasPrefix("-") && line.utf8.count <= 2 {
                endField()
            } else if !line.isEmpty {
                lines.append(line)
            }
        }

        /// Ends the file.
        mutating func end() {
            endField()
            endStatement()
        }

        private mutating func endField() {
            switch tag {
            case "20": endStatement()
            case "25":
                account = value.filter { $0 != " " }
                statement?.account = account
            case "60F", "60M": takeBalance(isOpening: true)
            case "62F", "62M": takeBalance(isOpening: false)
            case "61": takeEntry()
            case "86": takeText()
            default: break
            }
            tag = ""
        }

        private mutating func endStatement() {
            if var statement {
                if let finding = statement.checkBalance(mayFlip: false) {
                    list.findings.add(finding)
                } else if statement.balanceFits == nil {
                    list.findings.add(
                        Finding(.fieldMissing, at: statement.source, field: "balance")
                    )
                }
                list.statements.append(statement)
            }
            statement = nil
            currency = nil
            hasEntry = false
        }

        /// Begins a statement where none is open. It is changed where it is: one that was taken out
        /// and put back would be copied with all of its entries, for each of them.
        private mutating func open() {
            if statement == nil { statement = BankStatement(source: place) }
            statement?.account = account
        }

        /// Notes a day that the statement speaks of.
        private mutating func reach(_ day: CalendarDate) {
            let through = statement?.through ?? .first
            statement?.through = max(through, day)
        }

        // MARK: Fields

        private mutating func takeBalance(isOpening: Bool) {
            open()
            var text = Substring(value)
            let sign: Int64 = text.hasPrefix("D") ? -1 : 1
            let isMarked = text.hasPrefix("D") || text.hasPrefix("C")
            let date = Self.date(text.dropFirst().prefix(6))
            text = text.dropFirst(7)
            let currency = Currency(String(text.prefix(3)))
            guard isMarked, let date, let currency,
                let read = XMLAmount.read(Self.point(text.dropFirst(3)), currency)
            else {
                list.findings.add(Finding(.badAmount, at: place, field: tag, [value]))
                return
            }
            self.currency = currency
            if isOpening {
                if statement?.opening == nil { statement?.opening = sign * read.units }
            } else {
                statement?.closing = sign * read.units
                hasEntry = false
            }
            reach(date)
        }

        private mutating func takeEntry() {
            open()
            list.counts.read += 1
            hasEntry = false
            if let currency, var entry = Self.entry(value, currency, place) {
                entry.entry = statement?.transactions.count ?? 0
                entry.texts = lines
                reach(entry.date)
                statement?.transactions.append(entry)
                hasEntry = true
            } else {
                list.counts.setAside += 1
                list.findings.add(Finding(.badAmount, at: place, field: tag, [value]))
            }
        }

        private mutating func takeText() {
            guard hasEntry, let count = statement?.transactions.count, count > 0 else { return }
            var parts = ([value] + lines).joined().split(separator: "?").map(String.init)
            // "166?00VIREMENT?20text?32name": parts with two digits before them.
            let isCut = parts.count > 1 && parts[0].utf8.count <= 3
            if isCut { parts.removeFirst() } else { parts = [value] + lines }
            for part in parts {
                let code = isCut ? Int(part.prefix(2)) ?? -1 : 20
                let text = isCut ? String(part.dropFirst(2)) : part
                switch code {
                case 20...29, 60...63: statement?.transactions[count - 1].texts.append(text)
                case 31: statement?.transactions[count - 1].partyAccount = text
                case 32, 33: statement?.transactions[count - 1].party += text
                default: break
                }
            }
        }

        // MARK: Values

        private static func point(_ amount: Substring) -> String {
            String(amount.map { $0 == "," ? "." : $0 })
        }

        private static func date(_ text: Substring) -> CalendarDate? {
            guard text.utf8.count == 6, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(text)
            else { return nil }
            let year = number / 10_000
            return CalendarDate(
                year: year + (year < 80 ? 2_000 : 1_900),
                month: number / 100 % 100,
                day: number % 100
            )
        }

        /// "2512011201C1200,00NTRFF2025-0101//E1".
        private static func entry(
            _ value: String,
            _ currency: Currency,
            _ place: PaperReference
        ) -> BankTransaction? {
            var text = Substring(value)
            guard let valued = date(text.prefix(6)) else { return nil }
            text = text.dropFirst(6)
            var booked = valued
            if text.utf8.prefix(4).count == 4,
                text.utf8.prefix(4).allSatisfy({ (0x30...0x39).contains($0) })
            {
                guard let day = Self.booked(text.prefix(4), valued) else { return nil }
                booked = day
                text = text.dropFirst(4)
            }
            let isReversal = text.hasPrefix("R")
            if isReversal { text = text.dropFirst() }
            guard let mark = text.first, mark == "C" || mark == "D" else { return nil }
            text = text.dropFirst()
            // The third letter of the currency may follow.
            if let letter = text.first, letter.isASCII, letter.isLetter { text = text.dropFirst() }
            let amount = text.prefix { "0123456789,".contains($0) }
            guard let read = XMLAmount.read(point(amount), currency) else { return nil }
            // What reverses a credit is a debit.
            let sign: Int64 = (mark == "C") != isReversal ? 1 : -1
            var entry = BankTransaction(
                date: booked,
                cents: sign * read.units,
                currency: currency,
                source: place
            )
            entry.isReversal = isReversal
            let references = text.dropFirst(amount.count + 4)
            let own = references.firstRange(of: "//")
            let customer = references[..<(own?.lowerBound ?? references.endIndex)]
            entry.endToEnd = customer == "NONREF" ? "" : String(customer)
            entry.reference = own.map { String(references[$0.upperBound...]) } ?? ""
            return entry
        }

        /// The day of a month in the year of another day, or beside it around New Year.
        private static func booked(_ text: Substring, _ valued: CalendarDate) -> CalendarDate? {
            guard let number = Int(text) else { return nil }
            let (year, month, _) = valued.components
            let other = number / 100
            let shift = other - month > 6 ? -1 : month - other > 6 ? 1 : 0
            return CalendarDate(year: year + shift, month: other, day: number % 100)
        }
    }
}
