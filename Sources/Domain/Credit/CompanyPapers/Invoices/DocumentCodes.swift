// SPDX-License-Identifier: Apache-2.0

// Codes of invoices and of their life cycle, by the table that comes with the product.

internal import CCreditData
internal import CreditFacts

/// Codes of invoices and of their life cycle.
struct DocumentCodes: Sendable {
    static let standard = DocumentCodes()

    private var meanings: [String: String] = [:]

    private init() {
        for row in FactTable.rows(vigie_document_codes) where row.count >= 3 {
            meanings[row[0] + row[1]] = row[2]
        }
    }

    /// What a type of invoice is; nil for one that is not in the table.
    func kind(ofType code: String) -> TradeInvoiceKind? {
        meanings["type" + code].flatMap(TradeInvoiceKind.init)
    }

    /// What a status does; nil for one that is not in the table.
    func effect(ofStatus code: String) -> InvoiceStatusEffect? {
        meanings["status" + code].flatMap(InvoiceStatusEffect.init)
    }

    /// Whether a family of bank transactions is of payments that come back.
    func isReturn(family: String) -> Bool { meanings["return" + family] != nil }
}
