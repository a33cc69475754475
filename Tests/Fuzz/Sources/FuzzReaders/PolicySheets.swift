// SPDX-License-Identifier: Apache-2.0

// Reads the input as a workbook, and as the file of a decision model whose table goes through a
// sheet and back: what comes back as it was changes no byte, and what is otherwise is read again as
// it was meant.

import Decisions
import Documents
import Policies

/// Called by libFuzzer with each input.
@_cdecl("vigie_fuzz_workbooks")
func fuzzWorkbooks(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let sheets = (try? WorkbookReader(bytes).sheets) ?? []
    let text = (try? Sheet(text: bytes, file: "t.csv", encoding: nil)).map { [$0] } ?? []
    for sheet in sheets + text {
        let numbers = sheet.rows.map(\.number)
        precondition(numbers == numbers.sorted(), "rows are not in order")
        _ = TableImport.decision(of: sheet)
    }
    return 0
}

/// Called by libFuzzer with each input: the first byte says how numbers are written and which rule
/// is left out.
@_cdecl("vigie_fuzz_tables")
func fuzzTables(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
    let file = DecisionFile(name: "m.dmn", bytes: bytes)
    guard let model = try? DecisionModel.read([file], .standard) else { return 0 }
    let dialects = TableDialect.named.map { SheetNumbers($0) }
    let numbers = dialects[Int(start[0]) % dialects.count]
    for place in model.nodes(.decision) {
        guard let table = model.table(of: place),
            let source = try? TableSource(model.nodes[place].name, in: file)
        else { continue }
        let sheet = TableSheet(source, numbers)
        var rows = sheet.rows.enumerated().map { number, cells in
            (number: number + 1, cells: cells.map { SheetCell($0) })
        }
        let same = try? TableImport(
            Sheet(name: "", rows: rows),
            file: "t",
            nil,
            into: source,
            model.tables[table]
        )
        if let same {
            precondition(same.changes.isEmpty, "something is otherwise: \(same.changes)")
            precondition(source.rewritten(same.rules) == bytes, "a byte is another")
        }
        guard source.rules.count > 1 else { continue }
        rows.remove(at: TableSheet.headRows + Int(start[0]) % source.rules.count)
        let other = try? TableImport(
            Sheet(name: "", rows: rows),
            file: "t",
            nil,
            into: source,
            model.tables[table]
        )
        guard let other else { continue }
        let written = DecisionFile(name: "m.dmn", bytes: source.rewritten(other.rules))
        let again = try? TableSource(source.decision, in: written)
        // A rule without an id is told by its number, and has none still.
        let ids = other.rules.map { rule in rule.place.map { source.rules[$0].id } ?? rule.id }
        precondition(again?.rules.map(\.id) == ids, "other rules came out")
    }
    return 0
}

extension SheetCell {
    fileprivate init(_ cell: TableSheet.Cell) {
        switch cell {
        case .text(let text): self = text.isEmpty ? .empty : .text(text)
        case .number(let digits): self = Double(digits).map { .number($0) } ?? .empty
        }
    }
}
