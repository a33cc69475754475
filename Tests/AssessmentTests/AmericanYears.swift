// SPDX-License-Identifier: Apache-2.0

// Statements of American listed companies, by French lines (Lombardo et al., Future Internet
// 14(8):244, 2022, CC BY 4.0). They lie beside the project where somebody has put them: in
// VIGIE_DATA, or in ../shared/data.

import CreditFacts
import Quantities

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A company's year.
struct AmericanYear {
    /// The company.
    var company: Substring
    /// The fiscal year.
    var year: Int
    /// Whether it fails in the year after; nil where that is not known.
    var fails: Bool?
    /// The columns X1 to X18, in millions of dollars.
    var items: [Double]

    /// Items in the order of the bundled models' inputs.
    static let inputs: [(name: String, column: Int)] = [
        ("total_assets", 10), ("current_assets", 1), ("inventory", 5), ("receivables", 7),
        ("total_liabilities", 17), ("current_liabilities", 14), ("long_term_debt", 11),
        ("retained_earnings", 15), ("net_sales", 9), ("gross_profit", 13), ("ebitda", 4),
        ("ebit", 12), ("depreciation_amortization", 3), ("net_income", 6),
    ]

    /// An item in millions.
    func item(_ column: Int) -> Double { items[column - 1] }

    /// The year on a complete French form: the lines that the bundle's inputs and the published
    /// models are made of, so that each gets what the columns say.
    var statement: FinancialStatement {
        let millions: [String: Double] = [
            "CO": item(10), "CJ": item(1), "BT": item(5), "BX": item(7),
            "EE": item(10), "DL": item(10) - item(17), "EC": item(17), "DX": item(14),
            "DU": item(11), "DH": item(15),
            "FL": item(9), "FS": item(9) - item(13), "FW": item(13) - item(4),
            "GA": item(3), "GG": item(12), "HN": item(6),
        ]
        var amounts: [StatementLine: Int64] = [:]
        for (code, value) in millions {
            guard let line = StatementLine(code) else { continue }
            amounts[line] = Int64((value * 1e8).rounded())
        }
        return FinancialStatement(
            siren: nil,
            closing: CalendarDate("\(year)-12-31") ?? .first,
            months: 12,
            form: .complete,
            rules: .plan2024,
            amounts: amounts,
            source: PaperReference(paper: 0, line: 0)
        )
    }

    /// All years of the data, by company and year; empty where the data is not there.
    static let all: [AmericanYear] = {
        let beside = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let folder = getenv("VIGIE_DATA").map { String(cString: $0) } ?? "/\(beside)/shared/data"
        return lines(of: "\(folder)/american-bankruptcy/american_bankruptcy.csv.xz")
            .dropFirst().compactMap(AmericanYear.init)
    }()

    private init?(line: Substring) {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false)
        guard cells.count == 23, let year = Int(cells[3]) else { return nil }
        company = cells[1]
        self.year = year
        fails = cells[4].first.map { $0 == "1" }
        items = cells[5...].compactMap { Double($0) }
        guard items.count == 18 else { return nil }
    }

    /// The lines of a file that xz packed.
    private static func lines(of path: String) -> [Substring] {
        guard access(path, R_OK) == 0, let pipe = popen("xz -dc '\(path)'", "r") else { return [] }
        defer { pclose(pipe) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 20)
        while case let count = fread(&part, 1, part.count, pipe), count > 0 {
            bytes += part[..<count]
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }
}

/// How well a number tells those that fail from those that do not: the share of pairs of which the
/// failing one has the higher number, ties counted half (area under the ROC curve).
func areaUnderCurve(_ values: [(risk: Double, fails: Bool)]) -> Double {
    let sorted = values.sorted { $0.risk < $1.risk }
    var (place, won, failed) = (0, 0.0, 0)
    while place < sorted.count {
        let tied = sorted[place...].prefix { $0.risk == sorted[place].risk }
        let failing = tied.count { $0.fails }
        // Healthy ones before this group, and half of those in it.
        let before = Double(place - failed) + Double(tied.count - failing) / 2
        won += before * Double(failing)
        failed += failing
        place += tied.count
    }
    return won / (Double(failed) * Double(sorted.count - failed))
}
