// SPDX-License-Identifier: Apache-2.0

// Reads an expression and compiles it in one go, since names can be read only with those in scope.
// Mistakes that make it unreadable end it; others are noted, and become steps that give null.

internal import VigieLimits

/// Reads and compiles an expression.
struct Compiler {
    let bytes: [UInt8]
    let tokens: [Token]
    let scope: FEELScope
    var place = 0
    var depth = 0

    var nodes: [Node] = []
    var nodePositions: [FEELPosition] = []
    var nodeTypes: [FEELType] = []
    var tables = ProgramTables()
    var problems: [FEELProblem] = []
    var slotCount: Int
    var usedInputs: Set<Int> = []
    /// Names within the expression, the innermost last.
    var levels: [Level] = []
    /// Where the value that is tested is kept; nil outside of tests.
    var testSlot: Int32?
    /// The type of that value.
    var testType = FEELType.any
    /// Whether the test at hand mentions that value.
    var isTestSlotUsed = false
    /// Whether the end of a range is being read, where `[` may close it.
    var isInRangeEnd = false
    private let lineStarts: [Int]

    /// Names that one construct binds.
    struct Level {
        var names = NameTable()
        /// Where the value is kept whose entries are in scope; nil if there is none.
        var itemSlot: Int32?
        /// Whether that may have entries which are not known.
        var isOpen = false
    }

    init(_ text: String, _ scope: FEELScope) {
        let bytes = Array(text.utf8.prefix(FEELLimits.textBytes + 1))
        self.bytes = bytes
        tokens = bytes.count > FEELLimits.textBytes ? Lexer.tokens([]) : Lexer.tokens(bytes)
        self.scope = scope
        slotCount = scope.count
        if let item = scope.item {
            levels = [Level(entriesOf: scope.itemType, in: Int32(clamping: item))]
        }
        lineStarts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
    }

    // MARK: - Tokens

    var token: Token { token(at: place) }

    func token(at place: Int) -> Token { tokens[min(place, tokens.count - 1)] }

    func text(of token: Token) -> String {
        String(decoding: bytes[token.range], as: UTF8.self)
    }

    func isWord(_ word: StaticString, at place: Int) -> Bool {
        let token = token(at: place)
        return token.kind == .word && token.range.count == word.utf8CodeUnitCount
            && bytes[token.range].elementsEqual(
                UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
            )
    }

    mutating func take(_ kind: Token.Kind) -> Bool {
        guard token.kind == kind else { return false }
        advance()
        return true
    }

    mutating func takeWord(_ word: StaticString) -> Bool {
        guard isWord(word, at: place) else { return false }
        advance()
        return true
    }

    mutating func advance(_ count: Int = 1) { place = min(place + count, tokens.count - 1) }

    mutating func expect(_ kind: Token.Kind, _ what: String) throws(FEELProblem) {
        guard take(kind) else { throw unexpected("\(what) is missing") }
    }

    // MARK: - Problems

    func position(_ token: Token) -> FEELPosition {
        let offset = token.range.lowerBound
        var (low, high) = (0, lineStarts.count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return FEELPosition(line: low + 1, column: offset - lineStarts[low] + 1)
    }

    func unexpected(_ message: String) -> FEELProblem {
        let found = token.kind == .end ? "the end" : "\"\(shown(text(of: token)))\""
        return FEELProblem(
            kind: .syntax,
            message: "\(message) before \(found)",
            position: position(token)
        )
    }

    mutating func note(_ kind: FEELProblem.Kind, _ message: String, _ position: FEELPosition) {
        guard problems.count < FEELLimits.problems else { return }
        problems.append(FEELProblem(kind: kind, message: message, position: position))
    }

    // MARK: - Steps

    mutating func add(
        _ node: Node,
        _ type: FEELType,
        _ position: FEELPosition
    ) throws(FEELProblem) -> Int32 {
        guard nodes.count < FEELLimits.nodes else {
            throw FEELProblem(
                kind: .limit,
                message: "the expression has more than \(FEELLimits.nodes) steps",
                position: position
            )
        }
        nodes.append(node)
        nodePositions.append(position)
        nodeTypes.append(type)
        return Int32(nodes.count - 1)
    }

    func type(of node: Int32) -> FEELType { nodeTypes[Int(node)] }

    mutating func constant(
        _ value: FEELValue,
        _ position: FEELPosition
    ) throws(FEELProblem) -> Int32 {
        tables.constants.append(value)
        let index = Int32(tables.constants.count - 1)
        return try add(.constant(index), FEELType(of: value), position)
    }

    func constant(_ node: Int32) -> FEELValue? {
        guard case .constant(let index) = nodes[Int(node)] else { return nil }
        return tables.constants[Int(index)]
    }

    /// A mistake: told, and null if it is evaluated all the same.
    mutating func failure(
        _ kind: FEELProblem.Kind,
        _ message: String,
        _ position: FEELPosition,
        type: FEELType = .any
    ) throws(FEELProblem) -> Int32 {
        note(kind, message, position)
        tables.failures.append(message)
        return try add(.failure(Int32(tables.failures.count - 1)), type, position)
    }

    mutating func span(_ children: [Int32]) -> NodeSpan {
        let start = Int32(tables.children.count)
        tables.children += children
        return NodeSpan(start: start, count: Int32(children.count))
    }

    mutating func slot() throws(FEELProblem) -> Int32 {
        guard slotCount < scope.count + FEELLimits.slots else {
            throw FEELProblem(
                kind: .limit,
                message: "the expression binds more than \(FEELLimits.slots) names",
                position: position(token)
            )
        }
        slotCount += 1
        return Int32(slotCount - 1)
    }

    mutating func name(_ text: String) -> Int32 {
        tables.names.append(text)
        return Int32(tables.names.count - 1)
    }
}

/// A text cut to what a message shows of it.
func shown(_ text: String) -> String {
    guard text.utf8.count > FEELLimits.shownBytes else { return text }
    return String(decoding: text.utf8.prefix(FEELLimits.shownBytes), as: UTF8.self) + "..."
}
