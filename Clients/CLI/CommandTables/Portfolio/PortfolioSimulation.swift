// SPDX-License-Identifier: Apache-2.0

// A file of a portfolio through a simulation: here, or at a server.

package import CreditPolicy
package import Documents
package import Policies
package import Quantities
package import VigieClient
internal import VigieLimits

/// Two models that score the rows of a file.
package struct PortfolioModels {
    /// The columns that they take.
    package let columns: [String]
    /// What they are called.
    package let names: (before: String, after: String)
    /// Scores a block, by the columns of its values.
    package let score:
        (InputBlock, _ columns: [String]) throws -> (
            before: SimulatedScores, after: SimulatedScores
        )
    /// What is worth telling of what was scored.
    package let notes: () -> [String]

    /// Takes all of them.
    package init(
        columns: [String],
        names: (before: String, after: String),
        score:
            @escaping (InputBlock, _ columns: [String]) throws -> (
                before: SimulatedScores, after: SimulatedScores
            ),
        notes: @escaping () -> [String]
    ) {
        (self.columns, self.names, self.score, self.notes) = (columns, names, score, notes)
    }
}

/// A simulation of a file.
package struct PortfolioSimulation {
    /// What came out.
    package let report: PolicySimulationReport
    /// The name of the file.
    package let file: String
    /// SHA-256 of the file, in lower-case hexadecimal.
    package let fileHash: String
    /// Columns that were left out.
    package let ignoredColumns: [String]

    /// Simulates here.
    ///
    /// - Parameters:
    ///   - source: The file: delimited text with a header.
    ///   - before: The policy as it is.
    ///   - after: The policy as it is to be.
    ///   - asOf: The day for which is decided where the file names none; the first day of `after`
    ///     if that is nil, too.
    ///   - greatest: How many of the greatest changes are told.
    ///   - models: What scores the companies, the first for `before`, the second for `after`; nil
    ///     where the file says it all.
    ///   - options: How the file is written.
    /// - Throws: What is wrong with the file.
    package init(
        _ source: ByteSource,
        _ before: Policy,
        _ after: Policy,
        asOf: CalendarDate?,
        greatest: Int,
        models: PortfolioModels? = nil,
        options: TableOptions = TableOptions()
    ) throws {
        let file = source.name
        do {
            let inputs = try SimulationInputs(before, after)
            let reader = try PortfolioReader(
                source,
                PortfolioInputs(inputs, models: models?.columns ?? []),
                options
            )
            let day = reader.day?.day ?? asOf ?? after.manifest.effectiveFrom
            let place = reader.day.map { "line \($0.line), \(PortfolioInputs.asOf)" }
            try inputs.checkDay(day, at: place)
            let numbers = reader.numberColumns
            let known = Set(inputs.columns.map(\.name))
            let places = numbers.indices.filter { known.contains(numbers[$0]) }
            let run = try SimulationRun(
                inputs,
                on: day,
                numbers: places.map { numbers[$0] },
                texts: reader.textColumns,
                greatest: greatest,
                isScored: models != nil
            )
            while let block = try reader.next() {
                var rows = SimulatedRows(block, reader)
                rows.numberPlaces = places
                rows.scores = try models?.score(block, numbers)
                try run.add(rows)
            }
            var report = PolicySimulationReport(run)
            (report.before.model, report.after.model) = (models?.names.before, models?.names.after)
            report.notes += models?.notes() ?? []
            self.init(report, reader)
        } catch let refusal as SimulationRefusal {
            let place = refusal.place.map { ", \($0)" } ?? ""
            throw InputError(.content, "\(file)\(place): \(refusal.message)", hint: refusal.hint)
        }
    }

    /// Simulates at a server, by two policies that it has.
    ///
    /// - Throws: What is wrong with the file, or with the call.
    package init(
        _ source: ByteSource,
        before: String,
        after: String,
        asOf: CalendarDate?,
        greatest: Int,
        _ client: ScoringClient,
        timeout: Duration?,
        table: TableOptions = TableOptions()
    ) async throws {
        let inputs = PortfolioInputs(
            try await client.describePolicy(before),
            try await client.describePolicy(after)
        )
        let reader = try PortfolioReader(source, inputs, table)
        var options = SimulationOptions(
            numberColumns: reader.numberColumns,
            textColumns: reader.textColumns
        )
        options.asOf = (reader.day?.day ?? asOf).flatMap { Day("\($0)") }
        (options.changeCount, options.timeout) = (greatest, timeout)
        do {
            let report = try await client.simulatePolicies(
                before: before,
                after: after,
                blocks: PortfolioBlocks(reader: reader),
                options: options
            )
            self.init(report, reader)
        } catch let error as VigieError where error.reason == "BAD_PORTFOLIO" {
            // The server knows the line, and not of what file.
            let message = escaped(error.message).withoutFullStop
            let sign = message.hasPrefix("line ") ? "," : ":"
            throw InputError(.content, "\(reader.file)\(sign) \(message)")
        }
    }

    private init(_ report: PolicySimulationReport, _ reader: PortfolioReader) {
        var report = report
        if reader.ignoredColumns.contains("group") {
            report.notes.append(
                "the column 'group' is left out: companies of a group are not bounded together, as "
                    + "vigie decide bounds them"
            )
        }
        (self.report, file, fileHash) = (report, reader.file, reader.fileHash)
        ignoredColumns = reader.ignoredColumns
    }
}

extension SimulatedRows {
    fileprivate init(_ block: InputBlock, _ reader: PortfolioReader) {
        self.init(
            rowCount: block.rowCount,
            numbers: block.values,
            columnStride: 1,
            rowStride: reader.numberColumns.count,
            texts: reader.words(block).map { SimulatedWords($0.texts, $0.codes[...]) },
            name: { String(decoding: reader.name(block, $0), as: UTF8.self) },
            nameNumber: { row in
                let name = reader.name(block, row)
                return name.isEmpty ? nil : SimulationRemarks.number(of: name)
            },
            place: { "line \(block.lines[$0])" }
        )
    }
}

/// The blocks of a file, on their way to a server.
private struct PortfolioBlocks: AsyncSequence {
    let reader: PortfolioReader

    func makeAsyncIterator() -> Iterator { Iterator(reader: reader) }

    struct Iterator: AsyncIteratorProtocol {
        let reader: PortfolioReader

        func next() async throws -> PortfolioBlock? {
            guard let block = try reader.next() else { return nil }
            let width = reader.numberColumns.count
            var told = PortfolioBlock(
                companyCount: block.rowCount,
                numbers: (0..<width).map { column in
                    stride(from: column, to: block.values.count, by: width).map { block.values[$0] }
                },
                texts: reader.words(block).map { .init(dictionary: $0.texts, codes: $0.codes) },
                names: (0..<block.rowCount).map {
                    String(decoding: reader.name(block, $0), as: UTF8.self)
                }
            )
            told.lines = block.lines
            return told
        }
    }
}
