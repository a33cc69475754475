// SPDX-License-Identifier: Apache-2.0

// Some companies of a portfolio as they come over the wire, read on a thread. Names stay where they
// are in the message: of most nothing but a number is kept.

internal import CreditPolicy
internal import ProtobufCoding
internal import ServiceErrors
internal import VigieLimits

/// A block of companies, one after the other in the same memory.
struct SimulatedBlock {
    private static let rowCountTag: UInt32 = 1 << 3
    private static let factsTag: UInt32 = 2 << 3 | 2
    private static let namesTag: UInt32 = 3 << 3 | 2
    private static let linesTag: UInt32 = 4 << 3

    private let limits: ServiceLimits
    private let facts = FactColumns()
    /// Columns of numbers and of texts that there have to be.
    var counts = (numbers: 0, texts: 0)
    private(set) var rowCount = 0
    private var names: [UnsafeRawBufferPointer] = []
    private var lines: [UInt32] = []

    init(_ limits: ServiceLimits) { self.limits = limits }

    /// Reads a SimulatedCompanies. Its bytes have to be there for as long as the rows are.
    mutating func read(_ bytes: UnsafeRawBufferPointer) throws(ServiceError) {
        names.removeAll(keepingCapacity: true)
        lines.removeAll(keepingCapacity: true)
        rowCount = 0
        var found = UnsafeRawBufferPointer(start: nil, count: 0)
        do {
            var reader = ProtobufReader(bytes)
            while let tag = try reader.nextTag() {
                switch tag {
                case Self.rowCountTag: rowCount = Int(clamping: try reader.varint())
                case Self.factsTag: found = try reader.part()
                case Self.namesTag: try add(try reader.borrowedText(), to: &names)
                case Self.linesTag: try add(UInt32(clamping: try reader.varint()), to: &lines)
                case Self.linesTag | 2:
                    let outer = try reader.enter()
                    while reader.hasMore {
                        try add(UInt32(clamping: try reader.varint()), to: &lines)
                    }
                    reader.leave(outer)
                default: try reader.skip(tag)
                }
            }
        } catch let error as ServiceError {
            throw error
        } catch {
            throw .malformed("vigie.v1.SimulatedCompanies")
        }
        let maximum = CompiledTableLimits.blockRows
        guard rowCount <= maximum else { throw Self.tooMany(rowCount) }
        for (count, field) in [(names.count, "names"), (lines.count, "lines")]
        where count != 0 && count != rowCount {
            throw .invalid(
                "companies.\(field)",
                "WRONG_VALUE_COUNT",
                "There are \(count) \(field) of \(rowCount) companies; send one for each, or none."
            )
        }
        try facts.read(
            found,
            rowCount: rowCount,
            counts: counts,
            flagColumns: [],
            lines: lines,
            limits: limits
        )
    }

    private static func tooMany(_ count: Int) -> ServiceError {
        .overLimit(
            "companies.row_count",
            "blockRows",
            "A message has more companies than one may have; send them in several.",
            value: count,
            maximum: CompiledTableLimits.blockRows
        )
    }

    private func add<Element>(_ value: Element, to list: inout [Element]) throws(ServiceError) {
        guard list.count < CompiledTableLimits.blockRows else {
            throw Self.tooMany(list.count + 1)
        }
        list.append(value)
    }

    /// The rows, of which some stand before.
    func rows(behind count: Int) -> SimulatedRows {
        SimulatedRows(
            rowCount: rowCount,
            numbers: facts.values,
            columnStride: rowCount,
            rowStride: 1,
            texts: facts.dictionaries.enumerated().map { place, texts in
                let codes = facts.codes[place * rowCount..<(place + 1) * rowCount]
                return SimulatedWords(texts, codes.map { UInt32(bitPattern: $0 &+ 1) }[...])
            },
            name: { names.isEmpty ? "" : String(decoding: names[$0], as: UTF8.self) },
            nameNumber: { row in
                names.isEmpty || names[row].isEmpty
                    ? nil : SimulationRemarks.number(of: names[row])
            },
            place: { lines.isEmpty ? "row \(count + $0 + 1)" : "line \(lines[$0])" }
        )
    }
}
