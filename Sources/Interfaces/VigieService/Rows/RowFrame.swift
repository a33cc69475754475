// SPDX-License-Identifier: Apache-2.0

// A block of rows: the caller's table where it lies, the scratch of the engine and the
// answers; and the stage that scores it.

internal import Assessment
internal import BlockPipeline
internal import CVigieWire
internal import GRPCTransport
internal import Scoring
internal import ServiceErrors
internal import VigieLimits

/// Memory for one block at a time. It is on one thread at a time: an event loop, or
/// the thread to which the loop has handed it.
final class RowFrame: Frame {
    /// Memory of a block that had to be decoded.
    let arena: DecodingArena
    /// Scratch of the engine.
    let workspace = ScoringWorkspace()
    /// The scores.
    let columns = ScoreColumns()
    /// The assessments, if rows are assessed.
    private(set) var assessed: AssessedTable?
    /// Memory that they are worked out in; it has the size of a few hundred rows.
    private(set) lazy var tableScratch = TableScratch()
    /// What a policy takes of the rows beside their scores, if they are decided on.
    private(set) var facts: FactColumns?
    /// What was decided of them.
    private(set) var decided: DecidedTable?
    /// The message in whose memory the table lies, if it must be kept.
    var message: MessageStorage?
    /// The caller's table, in the memory of a message, of the arena or of other calls' rows.
    var table: RowBlock?
    /// A block of `message` that a thread is to decode.
    private var undecoded: UndecodedBlock?
    /// Tensors of `message` that a thread is to make a table of.
    private var tensors: TensorTable?
    /// Facts of `message` that a thread is to decode.
    private var undecodedFacts: (bytes: UnsafeRawBufferPointer, decider: RowDecider)?
    /// What was wrong with any of them.
    private(set) var problem: ServiceError?

    init(limits: ServiceLimits) {
        arena = DecodingArena(retainedBytesMax: limits.retainedMemoryBytes)
    }

    /// Of a block that is not decoded yet, what it says itself, as far as that may be.
    var rowCount: Int { table?.rowCount ?? undecoded?.rowCount ?? tensors?.rowCount ?? 0 }

    /// Bytes that the block takes, or the message it came in.
    var tableBytes: Int {
        (message?.count ?? arena.takenBytes) + (undecoded?.decodedBytesMax ?? 0)
            + (tensors?.memoryBytes ?? 0)
    }

    func begin() {
        columns.removeAll(keepingCapacity: true)
        assessed?.removeAll()
        decided?.removeAll()
    }

    /// Where what is decided of its rows goes.
    func takeDecided() -> DecidedTable {
        if let decided { return decided }
        let made = DecidedTable()
        decided = made
        return made
    }

    /// Where the assessments of its rows go.
    func takeAssessed() -> AssessedTable {
        if let assessed { return assessed }
        let made = AssessedTable()
        assessed = made
        return made
    }

    func end(retainedBytesMax: Int) {
        table = nil
        message = nil
        undecoded = nil
        tensors = nil
        undecodedFacts = nil
        problem = nil
        columns.removeAll(keepingCapacity: columns.memoryBytes <= retainedBytesMax)
        if let assessed {
            assessed.removeAll(keepingCapacity: assessed.memoryBytes <= retainedBytesMax)
        }
        // Both are of few streams, and grow with the block.
        if facts?.memoryBytes ?? 0 > retainedBytesMax { facts = nil }
        if decided?.memoryBytes ?? 0 > retainedBytesMax { decided = nil }
        // The arena keeps what it may at its next reset.
        if arena.takenBytes > retainedBytesMax { arena.reset() }
    }

    /// Reads a block where it lies.
    ///
    /// - Returns: False for one that is laid out in an unusual way: it must be decoded.
    /// - Throws: What is wrong with the block, naming the field.
    func borrow(
        _ bytes: UnsafeRawBufferPointer,
        header: PreparedHeader,
        limits: ServiceLimits
    ) throws(ServiceError) -> Bool {
        guard let message = Vigie__V1__RowBlock(borrowing: bytes) else { return false }
        arena.reset()
        table = try RowBlock(message, header: header, limits: limits)
        return true
    }

    /// Decodes a block into the arena.
    ///
    /// - Throws: What is wrong with the block, naming the field.
    func decode(
        _ bytes: UnsafeRawBufferPointer,
        header: PreparedHeader,
        limits: ServiceLimits
    ) throws(ServiceError) {
        table = try RowBlock(arena.block(bytes, limits: limits), header: header, limits: limits)
    }

    /// Leaves the decoding of a block to a thread.
    ///
    /// - Parameter message: What the bytes lie in.
    func putOff(_ block: UndecodedBlock, in message: MessageStorage) {
        undecoded = block
        self.message = message
    }

    /// Makes a table of tensors.
    ///
    /// - Throws: What is wrong with their contents.
    func take(_ tensors: TensorTable) throws(ServiceError) {
        table = try tensors.block(in: arena)
    }

    /// Leaves that to a thread.
    ///
    /// - Parameter message: What the tensors lie in.
    func putOff(_ tensors: TensorTable, in message: MessageStorage) {
        self.tensors = tensors
        self.message = message
    }

    /// Leaves facts of the kept message to a thread.
    func putOff(facts bytes: UnsafeRawBufferPointer, for decider: RowDecider) {
        undecodedFacts = (bytes, decider)
    }

    func load() {
        do throws(ServiceError) {
            if let tensors = tensors.take() { try take(tensors) }
            if let block = undecoded.take() {
                try decode(block.bytes, header: block.header, limits: block.limits)
            }
            guard let pending = undecodedFacts.take(), let table else { return }
            let columns = facts ?? FactColumns()
            facts = columns
            try pending.decider.read(pending.bytes, rowCount: table.rowCount, into: columns)
        } catch {
            problem = error
            // Without rows nothing is run.
            table = nil
        }
    }
}

/// A block that is laid out in an unusual way, and so large that no event loop is to decode it.
struct UndecodedBlock {
    let bytes: UnsafeRawBufferPointer
    let header: PreparedHeader
    let limits: ServiceLimits
    /// Rows that it says it has; no more than a block may have.
    let rowCount: Int

    init(_ bytes: UnsafeRawBufferPointer, header: PreparedHeader, limits: ServiceLimits) {
        self.bytes = bytes
        self.header = header
        self.limits = limits
        let start = bytes.bindMemory(to: UInt8.self).baseAddress
        let said = vigie_block_row_count(start, bytes.count, limits.messageFieldsMax)
        rowCount = min(Int(said), limits.blockRowsMax)
    }

    /// The most memory that decoding may take.
    var decodedBytesMax: Int { bytes.count + limits.blockMemoryBytes }
}

/// Scores the rows with the model, columns and outputs of a header.
final class ScoreStage: Stage {
    private let model: ScoringModel
    private let binding: ColumnBinding
    private let request: ScoreRequest

    init(model: ScoringModel, binding: ColumnBinding, request: ScoreRequest) {
        self.model = model
        self.binding = binding
        self.request = request
    }

    func run(_ rows: Range<Int>, of frame: RowFrame) {
        // Once a block, not once a chunk.
        if rows.lowerBound == 0 {
            frame.table = frame.table.map { model.lookingUpTexts(of: $0, binding) }
        }
        guard let table = frame.table else { return }
        // In one piece: columns that grow are copied, and take more than was set aside.
        if rows.lowerBound == 0, table.rowCount > ScoringLimits.rowsPerBatch {
            frame.columns.reserveCapacity(table.rowCount, request: request)
        }
        model.scoreRows(
            table,
            rows: rows,
            binding: binding,
            request: request,
            workspace: frame.workspace,
            result: frame.columns
        )
    }

    func nanoseconds(of frame: RowFrame) -> Double {
        guard let table = frame.table else { return 0 }
        return model.estimatedNanoseconds(
            rowCount: table.rowCount,
            request: request,
            isDouble: table.values.isFloat64
        ) + model.estimatedTextNanoseconds(of: table)
    }

    func columnBytes(of frame: RowFrame) -> Int {
        let issues = ScoreColumns.issuesMaximum(
            rowCount: frame.rowCount,
            rowIssuesMaximum: model.rowIssuesMaximum,
            request
        )
        return frame.rowCount * ScoreColumns.rowBytes(request)
            // The memory of issues doubles as they come.
            + 2 * issues * ScoreColumns.issueBytes
    }

    /// The fast path takes 512 rows at a time. Reasons are found row by row, and 512 rows of them
    /// can take seconds.
    var rowsTogether: Int { request.reasonCount > 0 ? 1 : ScoringLimits.rowsPerBatch }
}
