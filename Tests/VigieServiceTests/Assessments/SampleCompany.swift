// SPDX-License-Identifier: Apache-2.0

// A made-up company, as facts and as the message of them.

import CreditFacts
import ProtobufCoding
import Quantities
import VigieProtos

/// A company with two years, invoices, events and entries of registers.
enum SampleCompany {
    /// What its lines are called.
    static let lineNames = [
        "AB", "AF", "AG", "BJ", "BK", "BL", "BX", "BY", "CD", "CF", "CJ", "CO", "DA", "DD", "DI",
        "DL", "DU", "DV", "DX", "DY", "EC", "EE", "FL", "FR", "FS", "FU", "FW", "FX", "FY", "FZ",
        "GA", "GF", "GG", "GR", "GU", "GV", "GW", "HI", "HK", "HN",
    ]
    static let closings: [Int32] = [20_088, 19_722]
    static let siren = "999200017"

    /// The amount of a line, in cents.
    static func cents(_ line: Int, _ year: Int) -> Int64 {
        Int64(1_000_00 * (line * 37 % 101 + 5) * (year == 0 ? 11 : 10))
    }

    /// The facts.
    static func facts() throws -> CompanyFacts {
        var facts = CompanyFacts(siren: try SIREN(siren))
        for (year, closing) in closings.enumerated() {
            let day = CalendarDate(dayNumber: Int(closing)) ?? .first
            var amounts: [StatementLine: Int64] = [:]
            for (place, name) in lineNames.enumerated() {
                if let line = StatementLine(name) { amounts[line] = cents(place, year) }
            }
            facts.statements.append(
                FinancialStatement(
                    siren: facts.siren,
                    closing: day,
                    months: 12,
                    form: .complete,
                    rules: .plan2024,
                    amounts: amounts,
                    source: PaperReference(paper: Int32(year), line: 7)
                )
            )
        }
        for number in 0..<20 {
            let issued = 20_000 + Int(number) * 3
            var invoice = LedgerInvoice(
                party: Int32(number % 4),
                reference: "F\(number)",
                issued: CalendarDate(dayNumber: issued),
                due: CalendarDate(dayNumber: issued + 30),
                dueSource: .column,
                cents: Int64(number + 1) * 100_00,
                source: PaperReference(paper: 2, line: Int32(number + 1))
            )
            if number % 5 != 0 {
                let paid = CalendarDate(dayNumber: issued + 35 + number) ?? .first
                invoice.payments = [InvoicePayment(date: paid, cents: invoice.cents)]
                invoice.open = 0
            }
            facts.owed.append(invoice)
        }
        return facts
    }

    /// The message of the same.
    static func message() -> Vigie_V1_CompanyFacts {
        var message = Vigie_V1_CompanyFacts()
        message.siren = siren
        for (year, closing) in closings.enumerated() {
            message.statements.closingDays.append(closing)
            message.statements.months.append(12)
            message.statements.lineCounts.append(UInt32(lineNames.count))
            for place in lineNames.indices {
                message.statements.lines.append(UInt32(place))
                message.statements.cents.append(cents(place, year))
            }
            message.statements.papers.append(UInt32(year))
            message.statements.paperLines.append(7)
        }
        message.statements.rules = [.plan2024, .plan2024]
        for number in 0..<20 {
            let issued = Int32(20_000 + number * 3)
            let amount = Int64(number + 1) * 100_00
            let isPaid = number % 5 != 0
            message.owed.parties.append(UInt32(number % 4))
            message.owed.references.append("F\(number)")
            message.owed.issuedDays.append(issued)
            message.owed.dueDays.append(issued + 30)
            message.owed.dueSources.append(.column)
            message.owed.cents.append(amount)
            message.owed.openCents.append(isPaid ? 0 : amount)
            message.owed.paymentCounts.append(isPaid ? 1 : 0)
            if isPaid {
                message.owed.paymentDays.append(issued + 35 + Int32(number))
                message.owed.paymentCents.append(amount)
            }
        }
        return message
    }

    /// A header that asks for all.
    static func header() -> Vigie_V1_AssessHeader {
        .with {
            $0.asOfDate = "2025-06-30"
            $0.reasonCount = 5
            $0.lineNames = lineNames
        }
    }

    /// A request for its assessment.
    static func request(
        _ change: (inout Vigie_V1_AssessRequest) -> Void = { _ in }
    ) -> Vigie_V1_AssessRequest {
        var request = Vigie_V1_AssessRequest()
        request.header = header()
        request.company = message()
        change(&request)
        return request
    }
}
