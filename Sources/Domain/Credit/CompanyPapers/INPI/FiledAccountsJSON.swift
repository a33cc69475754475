// SPDX-License-Identifier: Apache-2.0

// Filings in JSON: a list of them, one by itself, or the answer of the API around a list.

internal import CreditFacts
package import Documents
package import Quantities

extension FiledAccountsList {
    /// Reads a JSON file, one filing after the other.
    ///
    /// - Parameter wants: Whether a company is wanted: stocks have all of them.
    /// - Throws: That there is no filing in it.
    package init(
        json buffer: InputBuffer,
        paper: Int32,
        findingsPerCodeMax: Int,
        wants: @escaping @Sendable (SIREN) -> Bool = { _ in true }
    ) throws(InputError) {
        self.init(findingsPerCodeMax: findingsPerCodeMax, wants: wants)
        var records = JSONRecords(buffer)
        while try records.next() {
            let source = PaperReference(paper: paper, line: Int32(clamping: records.line))
            let document = try? DocumentValue(
                json: records.record,
                depthLimit: DocumentDepth.notices
            )
            guard records.isComplete, let document else {
                addBroken(source)
                continue
            }
            let answer = document.nested("attachments") ?? document
            for record in answer.nested("bilansSaisis")?.elements ?? [document] {
                add(Self.cells(record, source))
            }
        }
        if let emptiness { throw InputError(.content, "\(buffer.source.name): \(emptiness)") }
    }

    private static func cells(_ record: DocumentValue, _ source: PaperReference) -> FiledCells {
        var cells = FiledCells(source: source)
        if case .object(let object) = record, case .bool(true) = object["deleted"] {
            cells.isDeleted = true
        }
        cells["siren"] = record.string("siren")
        cells["dateClotureExercice"] = record.string("dateCloture")
        cells["dateDepot"] = record.string("dateDepot")
        cells["typeBilan"] = record.string("typeBilan")
        cells["confidentiality"] = record.string("confidentiality")
        let accounts = record.nested("bilanSaisi")?.nested("bilan")
        if case .object(let identity) = accounts?.nested("identite") {
            for member in identity.members {
                if let text = member.value.plainText { cells[member.key] = text }
            }
        }
        let pages = accounts?.nested("detail")?.nested("pages")?.elements ?? []
        for page in pages {
            let number = Int(page.string("numero")) ?? 0
            for line in page.nested("liasses")?.elements ?? [] {
                cells.append(
                    page: number,
                    code: line.string("code"),
                    // The office's own note uses both names.
                    columns: (1...4).map {
                        line.text(of: "m\($0)") ?? line.text(of: "montant\($0)")
                    }
                )
            }
        }
        return cells
    }
}
