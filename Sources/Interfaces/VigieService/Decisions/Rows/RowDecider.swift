// SPDX-License-Identifier: Apache-2.0

// Rows that were scored are decided on: the stage behind the one that scores. It belongs to one
// stream, which has one block at a time on a thread, and has the memory of a block of its own:
// what tells a policy's answers apart is kept from block to block.

internal import BlockPipeline
internal import CreditPolicy
internal import Documents
internal import Policies
internal import Scoring
internal import ServiceErrors
internal import VigieLimits

/// Where a column of a policy comes from.
enum FactSource: Sendable {
    /// A column of numbers or days of the caller's, by its place.
    case number(Int)
    /// One of truth values, by its place among those.
    case flag(Int)
    /// One of texts.
    case text(Int)
    /// What the row's score says.
    case score(ScoreFact)
}

/// What a row's score tells a policy, by the name that policies give it.
enum ScoreFact: String, Sendable, CaseIterable {
    case probability
    case score
    case riskClass = "risk_class"
    case outcome

    /// What has to be computed of the score for it.
    var output: ScoreOutputs {
        switch self {
        case .probability: .probability
        case .score: .score
        case .riskClass: .riskClass
        case .outcome: []
        }
    }
}

/// Decides on the rows of one stream.
///
/// Made on one thread, and run on one at a time: a stream waits for the answer to a block before
/// the next one is looked at. That is why it can be Sendable.
final class RowDecider: Stage, @unchecked Sendable {
    /// Nanoseconds of a row, expected: one in columns, and one that is decided alone.
    private static let rowNanoseconds = (columns: 600.0, alone: 100_000.0)

    let decider: CreditBlockDecider
    private let sources: [FactSource]
    private let outputs: DecisionOutputs
    private let limits: ServiceLimits
    private let place: DeskPlace
    private let counts: (numbers: Int, texts: Int)
    private let flagColumns: [Int]
    /// The dictionaries of the last block, as the policy takes them, by column of texts.
    private var dictionaries: [CreditTexts?]
    private let outcomeTexts: CreditTexts?
    // A column of a block for each fact of scores.
    private let scores: UnsafeMutablePointer<Double>
    private let outcomes: UnsafeMutablePointer<Int32>
    /// Which part of the rows of the last piece was decided alone.
    private var slowShare: Double

    /// - Parameters:
    ///   - plan: The policy, bound to columns.
    ///   - sources: Where each of the columns comes from.
    ///   - counts: How many columns of numbers and of texts the caller sends.
    ///   - flagColumns: Those of numbers that are truth values.
    ///   - place: The place of the stream among those that decide.
    init(
        _ plan: CreditBlockPlan,
        sources: [FactSource],
        counts: (numbers: Int, texts: Int),
        flagColumns: [Int],
        outputs: DecisionOutputs,
        limits: ServiceLimits,
        place: DeskPlace
    ) throws(ServiceError) {
        decider = CreditBlockDecider(plan, telling: outputs.parts)
        slowShare = plan.interpretedReason == nil ? 0 : 1
        (self.sources, self.counts, self.flagColumns) = (sources, counts, flagColumns)
        (self.outputs, self.limits, self.place) = (outputs, limits, place)
        dictionaries = Array(repeating: nil, count: counts.texts)
        let outcome = sources.firstIndex { if case .score(.outcome) = $0 { true } else { false } }
        outcomeTexts = try outcome.map { (column) throws(ServiceError) in
            try plan.dictionary(Self.outcomeNames, column, "policy")
        }
        let rows = CompiledTableLimits.blockRows
        scores = .allocate(capacity: 3 * rows)
        scores.initialize(repeating: .nan, count: 3 * rows)
        outcomes = .allocate(capacity: rows)
        outcomes.initialize(repeating: CreditBlock.nothing, count: rows)
    }

    deinit {
        scores.deallocate()
        outcomes.deallocate()
    }

    /// In the order of `RowOutcome`, which counts from 1.
    private static let outcomeNames = ["scored", "not_scorable"]

    /// The tables of which answers tell, by their places in the model.
    var tables: [Int] { decider.tables }

    // MARK: Blocks

    /// Reads the facts of a block.
    func read(
        _ bytes: UnsafeRawBufferPointer,
        rowCount: Int,
        into facts: FactColumns
    ) throws(ServiceError) {
        try facts.read(
            bytes,
            rowCount: rowCount,
            counts: counts,
            flagColumns: flagColumns,
            limits: limits
        )
        for (column, source) in sources.enumerated() {
            guard case .text(let text) = source else { continue }
            let words = facts.dictionaries[text]
            // Most blocks of a stream have the same.
            if let known = dictionaries[text]?.texts, known.hasSameBytes(as: words) { continue }
            dictionaries[text] = try decider.plan.dictionary(
                words,
                column,
                "block.facts.text_columns[\(text)]"
            )
        }
    }

    func run(_ rows: Range<Int>, of frame: RowFrame) {
        guard frame.table != nil, let facts = frame.facts else { return }
        let decided = frame.takeDecided()
        if rows.lowerBound == 0 {
            decided.begin(frame.rowCount, outputs, tableCount: decider.tables.count)
        }
        let slowBefore = decider.slowCount
        var start = rows.lowerBound
        while start < rows.upperBound {
            let end = min(start + CompiledTableLimits.blockRows, rows.upperBound)
            decide(start..<end, frame, facts, decided)
            start = end
        }
        slowShare = Double(decider.slowCount - slowBefore) / Double(max(rows.count, 1))
    }

    private func decide(
        _ rows: Range<Int>,
        _ frame: RowFrame,
        _ facts: FactColumns,
        _ decided: DecidedTable
    ) {
        let rowCount = frame.rowCount
        takeScores(rows, frame.columns)
        facts.values.withUnsafeBufferPointer { values in
            facts.flags.withUnsafeBufferPointer { flags in
                facts.codes.withUnsafeBufferPointer { codes in
                    // Columns that the policy has, each as long as the block: see `read`.
                    let columns = sources.compactMap { source -> CreditValues? in
                        switch source {
                        case .number(let column):
                            return values.baseAddress.map {
                                .numbers($0 + column * rowCount + rows.lowerBound)
                            }
                        case .flag(let column):
                            return flags.baseAddress.map {
                                .booleans($0 + column * rowCount + rows.lowerBound)
                            }
                        case .text(let column):
                            guard let texts = dictionaries[column] else { return nil }
                            return codes.baseAddress.map {
                                .texts($0 + column * rowCount + rows.lowerBound, texts)
                            }
                        case .score(.outcome):
                            return outcomeTexts.map { .texts(UnsafePointer(outcomes), $0) }
                        case .score(let fact):
                            return .numbers(UnsafePointer(scores + Self.place(of: fact)))
                        }
                    }
                    guard decider.decide(columns, rowCount: rows.count) else { return }
                    decided.append(decider, outputs)
                }
            }
        }
    }

    /// What the scores of some rows tell the policy, as its columns. Cost: a nanosecond a row.
    private func takeScores(_ rows: Range<Int>, _ columns: ScoreColumns) {
        func take<Value>(_ fact: ScoreFact, _ values: [Value], _ number: (Value) -> Double) {
            guard values.count >= rows.upperBound else { return }
            let column = scores + Self.place(of: fact)
            for (place, row) in rows.enumerated() {
                let isScored = columns.outcomes[row] == RowOutcome.scored.rawValue
                column[place] = isScored ? number(values[row]) : .nan
            }
        }
        for case .score(let fact) in sources {
            switch fact {
            case .probability: take(fact, columns.probabilities) { $0 }
            case .score: take(fact, columns.scores) { Double($0) }
            case .riskClass: take(fact, columns.riskClasses) { Double($0) }
            case .outcome:
                guard columns.outcomes.count >= rows.upperBound else { continue }
                for (place, row) in rows.enumerated() {
                    outcomes[place] = columns.outcomes[row] &- 1
                }
            }
        }
    }

    private static func place(of fact: ScoreFact) -> Int {
        let rows = CompiledTableLimits.blockRows
        return switch fact {
        case .probability: 0
        case .score: rows
        case .riskClass, .outcome: 2 * rows
        }
    }

    // MARK: Costs

    func nanoseconds(of frame: RowFrame) -> Double {
        Double(frame.rowCount) * (Self.rowNanoseconds.columns + slowNanoseconds)
    }

    /// What a row takes more for those that are decided alone, if they are as many as of late.
    private var slowNanoseconds: Double { slowShare * Self.rowNanoseconds.alone }

    func columnBytes(of frame: RowFrame) -> Int {
        frame.rowCount * outputs.rowBytes(tableCount: decider.tables.count)
    }

    /// Bytes of the encoded answer.
    func encodedBytes(rowCount: Int) -> Int {
        // Names are few, and in memory already; 21 fields have a tag and a length each.
        256 + rowCount * outputs.rowBytes(tableCount: decider.tables.count)
    }

    /// Tables are asked about rows together.
    var rowsTogether: Int { ScoringLimits.rowsPerBatch }

    /// A caller can send what no column decides, in as many rows as he likes: none of it is to hold
    /// a thread for long.
    var rowsAtMost: Int {
        let most = ScoringLimits.rowsPerBatch
        guard slowNanoseconds > 0 else { return most }
        return Int(min(max(limits.chunkNanoseconds / slowNanoseconds, 1), Double(most)))
    }
}

extension CreditBlockPlan {
    /// A dictionary as the policy takes it.
    fileprivate func dictionary(
        _ texts: [String],
        _ column: Int,
        _ field: String
    ) throws(ServiceError) -> CreditTexts {
        do throws(PolicyError) {
            return try self.texts(texts, for: column)
        } catch {
            throw .invalid(
                "\(field).dictionary",
                "BAD_FACT",
                error.problems.first?.message ?? error.description
            )
        }
    }
}

extension [String] {
    /// Whether all are the same, byte for byte.
    fileprivate func hasSameBytes(as other: [String]) -> Bool {
        count == other.count
            && zip(self, other).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }
}
