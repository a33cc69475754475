// SPDX-License-Identifier: Apache-2.0

// Makes statements out of the elements of a paper.

internal import CreditFacts
internal import Documents
internal import Quantities

/// Fields of a record, the first of each name, and all texts.
struct BankFields {
    var values: [String: PaperField] = [:]
    var texts: [String] = []

    subscript(name: String) -> PaperField? { values[name] }

    /// The text of a field; empty for none.
    func text(_ name: String) -> String { values[name]?.text ?? "" }
}

/// A part of an entry.
struct BankDetail {
    var fields = BankFields()
    var documents: [(number: String, amount: PaperField?)] = []
    var creditorReference = ""
    var charges: [(amount: PaperField, isBack: Bool)] = []
    var isReturn = false
    var line: Int32 = 0
}

/// Takes the elements of statements.
final class BankRecords: PaperElementTarget {
    /// Parts of one paper.
    // tidy: limit: an empty one takes ten bytes of a file and some hundred of memory
    static let detailsMax = 500_000

    private(set) var list: BankStatementList
    private let paper: Int32
    private var statement: StatementInProgress
    private var entry = BankDetail()
    private var details: [BankDetail] = []
    private var detail: BankDetail?
    private var other = BankFields()
    private var documentNumbers: [String] = []
    /// Open records, the innermost last.
    private var open: [String] = []
    private var detailCount = 0

    init(paper: Int32, findingsPerCodeMax: Int) {
        self.paper = paper
        list = BankStatementList(findingsPerCodeMax: findingsPerCodeMax)
        let start = PaperReference(paper: paper, line: 0)
        statement = StatementInProgress(source: start, hasBalances: false)
    }

    func begin(_ record: String, line: Int32) throws(DocumentError) {
        open.append(record)
        switch record {
        case "statement", "notification":
            statement = StatementInProgress(
                source: PaperReference(paper: paper, line: line),
                hasBalances: record == "statement"
            )
        case "entry":
            entry = BankDetail()
            entry.line = line
            details = []
            detail = nil
        case "detail":
            detailCount += 1
            guard detailCount <= Self.detailsMax else {
                throw DocumentError(
                    .unsupported,
                    "more than \(Self.detailsMax) transactions: split the file"
                )
            }
            detail = BankDetail()
            detail?.line = line
        case "return":
            detail?.isReturn = true
        default:
            other = BankFields()
            documentNumbers = []
        }
    }

    func field(_ name: String, _ text: String, attribute: String, line: Int32) {
        let field = PaperField(text: text, attribute: attribute, line: line)
        switch open.last {
        case "entry": Self.take(name, field, &entry.fields)
        case "detail", "return": takeDetail(name, field)
        case "document":
            switch name {
            case "document_number":
                documentNumbers.append(text)
            case "text", "creditor_reference": takeDetail(name, field)
            default: Self.take(name, field, &other)
            }
        case "statement", "notification": Self.take(name, field, &statement.fields)
        default: Self.take(name, field, &other)
        }
    }

    private func takeDetail(_ name: String, _ field: PaperField) {
        guard var fields = detail?.fields else { return }
        detail?.fields = BankFields()
        Self.take(name, field, &fields)
        detail?.fields = fields
    }

    private static func take(_ name: String, _ field: PaperField, _ fields: inout BankFields) {
        if name == "text" {
            fields.texts.append(field.text)
        } else if fields.values[name] == nil {
            fields.values[name] = field
        }
    }

    func tooLong(_ name: String, line: Int32) { note(.tooLong, name, line: line) }

    func end(_ record: String) {
        _ = open.popLast()
        switch record {
        case "statement", "notification":
            statement.finish(paper: paper, &list)
        case "balance": statement.addBalance(other, paper: paper, &list)
        case "charge": endCharge()
        case "document": endDocument()
        case "detail":
            if let detail { details.append(detail) }
            detail = nil
        case "entry": statement.add(entry, details, paper: paper, &list)
        default: break
        }
    }

    private func endCharge() {
        guard let amount = other["charge"] else { return }
        let charge = (amount, other.text("charge_side") == "CRDT")
        other = BankFields()
        if detail != nil {
            detail?.charges.append(charge)
        } else {
            entry.charges.append(charge)
        }
    }

    private func endDocument() {
        // The amount is that of all of them.
        let amount = documentNumbers.count == 1 ? other["document_amount"] : nil
        for number in documentNumbers { detail?.documents.append((number, amount)) }
    }

    private func note(_ code: FindingCode, _ field: String, _ values: String..., line: Int32) {
        list.findings.add(
            Finding(code, at: PaperReference(paper: paper, line: line), field: field, values)
        )
    }
}
