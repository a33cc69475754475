// SPDX-License-Identifier: Apache-2.0

// What rows of cells mean, said once more with texts, one row at a time and all of them in memory.

import Documents
import PortfolioFiles
import Portfolios
import Quantities

/// Columns in the order of the tests: siren, lei, company_id, name, ref, limit, exposure, currency.
struct NaiveCompanies {
    var lines: [NumberedLine] = []
    /// Each problem's line, kind and column.
    var problems: [String] = []
    private let style: NumberStyle
    private var seen: Set<[UInt8]> = []
    /// Columns that showed a decimal point, and a decimal comma.
    private var points: Set<String> = []
    private var commas: Set<String> = []

    init(_ rows: [(line: Int, cells: [String])], _ style: NumberStyle) {
        self.style = style
        for (line, cells) in rows {
            let count = problems.count
            let company = read(line, cells.map { trimmedBlanks($0) })
            guard let company, problems.count == count else { continue }
            lines.append(NumberedLine(number: line, company: company))
        }
    }

    private mutating func read(_ line: Int, _ cells: [String]) -> PortfolioLine? {
        let identity = identity(line, cells)
        let currency = cells[7].isEmpty ? .euro : Currency(cells[7].uppercased())
        if currency == nil { problems.append("\(line) NOT_A_CURRENCY currency") }
        let name = text(line, cells[3], "name")
        let reference = text(line, cells[4], "ref")
        let limit = amount(line, cells[5], "limit", currency ?? .euro)
        let exposure = amount(line, cells[6], "exposure", currency ?? .euro)
        guard let identity else { return nil }
        return PortfolioLine(
            identity,
            name: name,
            reference: reference,
            limit: limit,
            exposure: exposure
        )
    }

    private mutating func identity(_ line: Int, _ cells: [String]) -> CompanyIdentity? {
        let columns = ["siren", "lei", "company_id"]
        guard let column = (0..<3).first(where: { !cells[$0].isEmpty }) else {
            problems.append("\(line) NO_IDENTIFIER ")
            return nil
        }
        var identity: CompanyIdentity?
        if column == 0 {
            let digits = cells[0].filter { !$0.isWhitespace }
            let siren = (try? SIREN(digits)) ?? (try? SIRET(digits))?.siren
            identity = siren.map { .siren($0) }
        } else {
            identity = try? CompanyIdentity(kind: column == 1 ? "lei" : "own", text: cells[column])
        }
        guard let identity else {
            let spoilt =
                cells[0].contains("E+") || cells[0].hasSuffix(".0")
                || (5...8).contains(cells[0].count)
            let codes = [
                spoilt ? "SPOILT_SIREN" : "NOT_A_SIREN", "NOT_AN_LEI", "NOT_AN_IDENTIFIER",
            ]
            problems.append("\(line) \(codes[column]) \(columns[column])")
            return nil
        }
        guard seen.insert(Array(identity.description.utf8)).inserted else {
            problems.append("\(line) REPEATED_COMPANY \(columns[column])")
            return nil
        }
        return identity
    }

    private mutating func text(_ line: Int, _ cell: String, _ column: String) -> String {
        guard !cell.contains("\0") else {
            problems.append("\(line) NOT_A_TEXT \(column)")
            return ""
        }
        return cell.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    private mutating func amount(
        _ line: Int,
        _ cell: String,
        _ column: String,
        _ currency: Currency
    ) -> Money? {
        if cell.isEmpty { return nil }
        let bytes = Array(cell.utf8)
        let shape = bytes.withUnsafeBytes { NumberShape($0) }
        if shape == .decimalPoint { points.insert(column) }
        if shape == .decimalComma { commas.insert(column) }
        guard let digits = bytes.withUnsafeBytes({ NumberParser(style).digits($0) }) else {
            problems.append("\(line) NOT_AN_AMOUNT \(column)")
            return nil
        }
        if cell.contains("€"), currency != .euro {
            problems.append("\(line) OTHER_CURRENCY \(column)")
            return nil
        }
        let isShown = points.contains(column) && !commas.contains(column)
        if !style.isDeclared, shape == .pointGroup, !isShown {
            problems.append("\(line) UNCLEAR_AMOUNT \(column)")
            return nil
        }
        do throws(MoneyError) {
            let amount = try Money(decimal: digits, currency: currency)
            if column == "limit", amount.minorUnits < 0 {
                problems.append("\(line) NEGATIVE_LIMIT \(column)")
                return nil
            }
            return amount
        } catch .tooManyDecimals(_) {
            problems.append("\(line) TOO_MANY_DECIMALS \(column)")
        } catch {
            problems.append("\(line) NOT_AN_AMOUNT \(column)")
        }
        return nil
    }
}
