// SPDX-License-Identifier: Apache-2.0

// A compiled expression: steps that refer to each other and to values by number, so that nothing is
// looked up by name while it is evaluated, but the entries of contexts.

/// A compiled expression.
package final class FEELProgram: Sendable {
    /// The steps.
    let nodes: [Node]
    /// Where each step stands in the text.
    let positions: [FEELPosition]
    /// What steps refer to in numbers.
    let tables: ProgramTables
    /// The step that gives the result.
    let root: Int32
    /// How many values the inputs are.
    package let inputCount: Int
    /// How many values are kept while it is evaluated.
    let slotCount: Int
    /// The places of the inputs that it uses, ascending.
    package let usedInputs: [Int]
    /// The type of the result, as far as it is known.
    package let resultType: FEELType
    /// What is wrong with it. With problems it still can be evaluated: what is wrong is null, with
    /// the problem as the message.
    package let problems: [FEELProblem]

    init(_ compiler: consuming Compiler, root: Int32, inputCount: Int) {
        nodes = compiler.nodes
        positions = compiler.nodePositions
        tables = compiler.tables
        self.root = root
        self.inputCount = inputCount
        slotCount = max(inputCount, compiler.slotCount)
        usedInputs = compiler.usedInputs.sorted()
        resultType = compiler.type(of: root)
        problems = compiler.problems
    }

    /// The value, if it is the same whatever the inputs are.
    package var constant: FEELValue? { constant(root) }

    func constant(_ node: Int32) -> FEELValue? {
        guard case .constant(let index) = nodes[Int(node)] else { return nil }
        return tables.constants[Int(index)]
    }
}

/// What the steps of a program refer to.
struct ProgramTables: Sendable {
    var children: [Int32] = []
    var constants: [FEELValue] = []
    var names: [String] = []
    var types: [FEELType] = []
    var failures: [String] = []
    var entries: [ContextEntry] = []
    var iterators: [Iterator] = []
    var definitions: [FunctionDefinition] = []
    var builtinCalls: [BuiltinCallSite] = []

    /// An entry of a context: its name, what gives its value, where that is kept meanwhile.
    struct ContextEntry: Sendable {
        let name: String
        let node: Int32
        let slot: Int32
    }

    /// What a loop goes through: the values of a list or range, or from one number or date to
    /// another.
    struct Iterator: Sendable {
        let slot: Int32
        let domain: Int32
        /// The other end; -1 if the domain is a list.
        let end: Int32
    }

    /// A function that an expression defines.
    struct FunctionDefinition: Sendable {
        let names: [String]
        let types: [FEELType]
        let firstSlot: Int32
        let body: Int32
        let resultType: FEELType
    }

    /// A call of a function of the language.
    struct BuiltinCallSite: Sendable {
        let builtin: Builtin
        /// Which of its signatures may be meant.
        let signatures: [Builtin.Signature]
        /// Arguments in the order of the parameters; -1 for one that is not given.
        let arguments: [Int32]
    }
}

/// A part of the children.
struct NodeSpan: Sendable {
    let start: Int32
    let count: Int32

    var indices: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

/// A step.
enum Node: Sendable {
    case constant(Int32)
    case slot(Int32)
    case failure(Int32)
    case negate(Int32)
    case arithmetic(Arithmetic, Int32, Int32)
    case comparison(FEELComparison, Int32, Int32)
    case conjunction(Int32, Int32)
    case disjunction(Int32, Int32)
    case between(Int32, Int32, Int32)
    case conditional(Int32, Int32, Int32)
    case list(NodeSpan)
    case context(NodeSpan)
    case range(start: Int32, isStartIncluded: Bool, end: Int32, isEndIncluded: Bool)
    case comparisonRange(FEELComparison, Int32)
    case filter(base: Int32, predicate: Int32, slot: Int32)
    case path(Int32, name: Int32)
    /// An entry of the value in a slot; if it has none, what another step gives, or null for -1.
    case field(slot: Int32, name: Int32, otherwise: Int32)
    /// A loop; the slot of what it has made so far is -1 where nothing asks for it.
    case iteration(NodeSpan, body: Int32, partial: Int32)
    case quantified(isEvery: Bool, NodeSpan, body: Int32)
    case instance(Int32, type: Int32)
    case function(Int32)
    case builtinValue(Int32)
    case call(Int32, NodeSpan)
    case namedCall(Int32, NodeSpan, firstName: Int32)
    case builtin(Int32)
    /// Whether one of the tests holds for a value, which is kept in a slot.
    case within(Int32, slot: Int32, NodeSpan)
    /// Whether the value in a slot is, or is in, what a step gives.
    case matches(slot: Int32, Int32)
    /// Whether one of the tests holds, or none.
    case tests(NodeSpan, isNegated: Bool)
}

/// The signs of arithmetic.
enum Arithmetic: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "**"
}
