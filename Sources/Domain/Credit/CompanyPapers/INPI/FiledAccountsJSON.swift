// SPDX-License-Identifier: Apache-2.0

// Filings in JSON: a list of them, one by itself, or the answer of the API around a list.

internal import CreditFacts
package import Documents

extension FiledAccountsList {
    /// Reads a JSON file.
    ///
    /// - Throws: What is wrong with the file as JSON.
    package init(
        json: [UInt8],
        paper: Int32,
        findingsPerCodeMax: Int
    ) throws(DocumentError) {
        self.init(findingsPerCodeMax: findingsPerCodeMax)
        let document = try DocumentValue(json: json, depthLimit: DocumentDepth.notices)
        let wrapped = document.nested("attachments")?.nested("bilansSaisis")
        let records = document.elements ?? wrapped?.elements ?? [document]
        for (place, record) in records.enumerated() {
            let source = PaperReference(paper: paper, line: Int32(clamping: place + 1))
            add(Self.cells(record, source))
        }
    }

    private static func cells(_ record: DocumentValue, _ source: PaperReference) -> FiledCells {
        var cells = FiledCells(source: source)
        if case .object(let object) = record, case .bool(true) = object["deleted"] {
            cells.isDeleted = true
        }
        cells["siren"] = record.string("siren")
        cells["dateClotureExercice"] = record.string("dateCloture")
        cells["dateDepot"] = record.string("dateDepot")
        cells["codeTypeBilan"] = record.string("typeBilan")
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
                cells.cells.append(
                    FiledCells.Cell(
                        page: number,
                        code: line.string("code"),
                        // The office's own note uses both names.
                        columns: (1...4).map {
                            line.text(of: "m\($0)") ?? line.text(of: "montant\($0)")
                        }
                    )
                )
            }
        }
        return cells
    }
}
