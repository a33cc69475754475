// SPDX-License-Identifier: Apache-2.0

// Companies that nobody has, whose books close: leaves are drawn, totals are added up, cash or the
// bank takes what is over. Two statements of 60 lines, 20 invoices, 3 notices each.

package import CreditFacts
internal import Quantities

/// Makes companies.
package struct MadeUpCompany {
    private var state: UInt64
    private let first = CalendarDate(year: 2024, month: 1, day: 1) ?? .first

    /// Begins; the same seed makes the same companies.
    package init(seed: UInt64) { state = seed }

    /// SplitMix64: a number from 0 up to a bound.
    private mutating func draw(_ bound: Int64) -> Int64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return Int64(mixed >> 1) % max(bound, 1)
    }

    /// A company with its statements, the last of 2024.
    package mutating func facts(invoices: Int) throws -> CompanyFacts {
        let siren = try SIREN("999100019")
        var facts = CompanyFacts(siren: siren)
        facts.name = "MADE UP COMPANY"
        let scale = 1_000 + draw(1_000_000)
        let earlier = lines(scale, after: nil)
        facts.statements = [
            statement(lines(scale, after: earlier), year: 2024), statement(earlier, year: 2023),
        ]
        for kind in [LegalEventKind.registered, .accountsDeposited, .accountsDeposited] {
            let day = first.adding(days: 100 * facts.events.count) ?? first
            facts.events.append(
                LegalEvent(
                    siren: siren,
                    kind: kind,
                    decided: nil,
                    published: day,
                    notice: "A2024000\(facts.events.count)",
                    source: PaperReference(paper: 1, line: 1)
                )
            )
        }
        facts.owed = (0..<invoices).map { invoice($0, of: invoices) }
        return facts
    }

    private mutating func invoice(_ number: Int, of count: Int) -> LedgerInvoice {
        let issued = first.adding(days: 360 * number / count)
        let due = issued?.adding(days: 30)
        var invoice = LedgerInvoice(
            party: 0,
            reference: "F\(number)",
            issued: issued,
            due: due,
            dueSource: .column,
            cents: 10_000 + draw(1_000_000),
            source: PaperReference(paper: 2, line: Int32(number))
        )
        if number * 10 < count * 9, let paid = due?.adding(days: Int(draw(40)) - 5) {
            invoice.payments = [InvoicePayment(date: paid, cents: invoice.cents)]
            invoice.open = 0
        }
        return invoice
    }

    private func statement(_ lines: [String: Int64], year: Int) -> FinancialStatement {
        var amounts: [StatementLine: Int64] = [:]
        for (code, euros) in lines {
            if let line = StatementLine(code) { amounts[line] = euros * 100 }
        }
        return FinancialStatement(
            siren: try? SIREN("999100019"),
            closing: CalendarDate(year: year, month: 12, day: 31) ?? .first,
            months: 12,
            form: .complete,
            rules: .plan2024,
            amounts: amounts,
            source: PaperReference(paper: 0, line: 0)
        )
    }

    /// The lines of a year, in euros.
    private mutating func lines(_ scale: Int64, after: [String: Int64]?) -> [String: Int64] {
        var lines: [String: Int64] = [:]
        func sum(_ codes: String) -> Int64 {
            codes.split(separator: " ").reduce(0) { $0 + (lines[String($1)] ?? 0) }
        }
        for (gross, off) in [("AH", "AI"), ("AP", "AQ"), ("AR", "AS"), ("AT", "AU")] {
            lines[gross] = 1 + draw(scale)
            lines[off] = draw(lines[gross] ?? 0)
        }
        for code in ["BL", "BT", "DA", "DG", "DV", "DX", "DY", "EB"] {
            lines[code] = 1 + draw(scale)
        }
        lines["BX"] = 1 + draw(2 * scale)
        lines["BY"] = draw((lines["BX"] ?? 0) / 10)
        lines["DH"] = draw(scale) - scale / 2
        for code in ["FA", "FD", "FG"] { lines[code] = 1 + draw(4 * scale) }
        lines["FJ"] = sum("FA FD FG")
        lines["FL"] = sum("FJ")
        lines["FP"] = draw(scale / 20)
        lines["FR"] = sum("FL FP")
        for code in ["FS", "FU", "FW", "FY"] { lines[code] = 1 + draw(3 * scale) }
        for code in ["FX", "FZ", "GA", "GC", "GE"] { lines[code] = 1 + draw(scale / 3) }
        lines["FT"] = (after?["BT"] ?? sum("BT")) - sum("BT")
        lines["FV"] = (after?["BL"] ?? sum("BL")) - sum("BL")
        lines["GF"] = sum("FS FT FU FV FW FX FY FZ GA GC GE")
        lines["GG"] = sum("FR") - sum("GF")
        lines["GR"] = draw(scale / 10)
        lines["GU"] = sum("GR")
        lines["GV"] = -sum("GU")
        lines["GW"] = sum("GG GV")
        lines["HK"] = max(0, sum("GW") / 4)
        lines["HL"] = sum("FR")
        lines["HM"] = sum("GF GU HK")
        lines["HN"] = sum("HL") - sum("HM")
        lines["DI"] = sum("HN")
        lines["DL"] = sum("DA DG DH DI")
        let plug =
            sum("DL DV DX DY EB")
            - (sum("AH AP AR AT BL BT BX")
                - sum("AI AQ AS AU BY"))
        lines["CF"] = max(plug, 0)
        lines["DU"] = max(-plug, 0)
        lines["EH"] = sum("DU") / 2
        lines["BJ"] = sum("AH AP AR AT")
        lines["BK"] = sum("AI AQ AS AU")
        lines["CJ"] = sum("BL BT BX CF")
        lines["CK"] = sum("BY")
        lines["CO"] = sum("BJ CJ")
        lines["1A"] = sum("BK CK")
        lines["EC"] = sum("DU DV DX DY EB")
        lines["EE"] = sum("DL EC")
        return lines
    }
}
