// SPDX-License-Identifier: Apache-2.0

// Portfolios for people, and as JSON.

internal import CommandFiles
internal import CommandTables
internal import Documents
internal import Quantities
internal import VigieClient

/// Portfolios as text and as JSON.
enum PortfolioText {
    static func table(_ portfolios: [Portfolio], _ terminal: Terminal) -> String {
        TextTable.text(
            columns: [
                ("name", .left), ("companies", .right), ("you may", .left), ("made by", .left),
                ("note", .left),
            ],
            rows: portfolios.map { portfolio in
                [
                    portfolio.name, grouped(portfolio.companyCount), word(portfolio.access),
                    portfolio.createdBy, portfolio.note,
                ].map { escaped($0) }
            },
            terminal: terminal
        )
    }

    static func line(_ portfolio: Portfolio) -> String {
        escaped(portfolio.name) + ": \(count(portfolio.companyCount))"
    }

    static func line(_ shares: [String: Portfolio.Access]) -> String {
        guard !shares.isEmpty else { return "shared with no role" }
        let roles = shares.keys.sorted().map { role in
            "\(escaped(role)) (\(shares[role].map(word) ?? ""))"
        }
        return "shared with \(roles.joined(separator: ", "))"
    }

    static func description(
        _ portfolio: Portfolio,
        _ shares: [String: Portfolio.Access]
    ) -> String {
        let maker = portfolio.createdBy.isEmpty ? "" : " by \(escaped(portfolio.createdBy))"
        let lines = [
            line(portfolio), portfolio.note.isEmpty ? "" : "  note    \(escaped(portfolio.note))",
            "  made   \(maker) on \(day(portfolio))", "  you may \(word(portfolio.access))",
            "  \(line(shares))",
        ]
        return lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
    }

    static func writeJSON(_ portfolios: [Portfolio], to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.list { for portfolio in portfolios { write(portfolio, nil, writer) } }
        sink.write("\n")
    }

    static func writeJSON(
        _ portfolio: Portfolio,
        shares: [String: Portfolio.Access],
        to sink: ByteSink
    ) {
        write(portfolio, shares, JSONWriter(sink))
        sink.write("\n")
    }

    private static func write(
        _ portfolio: Portfolio,
        _ shares: [String: Portfolio.Access]?,
        _ writer: JSONWriter
    ) {
        writer.object {
            writer.text("name", portfolio.name)
            writer.text("note", portfolio.note)
            writer.text("created_by", portfolio.createdBy)
            writer.integer("created_at_microseconds", Int(portfolio.createdAtMicroseconds))
            writer.integer("company_count", portfolio.companyCount)
            writer.text("access", word(portfolio.access))
            guard let shares else { return }
            writer.object("shares") {
                for role in shares.keys.sorted() { writer.text(role, shares[role].map(word)) }
            }
        }
    }

    private static func word(_ access: Portfolio.Access) -> String {
        switch access {
        case .read: "read"
        case .write: "write"
        }
    }

    private static func count(_ companies: Int) -> String {
        "\(grouped(companies)) \(companies == 1 ? "company" : "companies")"
    }

    private static func day(_ portfolio: Portfolio) -> String {
        "\(CalendarDate(secondsSince1970: portfolio.createdAtMicroseconds / 1_000_000))"
    }
}
